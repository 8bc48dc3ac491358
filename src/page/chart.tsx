import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Throughput } from '../core/status.ts';
import { chartOptions } from './chart-options.ts';
import { formatMinute, formatNumber } from './format.ts';
import { describeThroughput, type Point, pointsOf } from './throughput.ts';
import type { Theme } from './use-theme.ts';

export interface ChartProps {
  readonly throughput: Throughput;
  readonly theme: Theme;
}

/** Events read and documents delivered a minute; below it the same in words, and the values where the pointer is. */
export function Chart({ throughput, theme }: ChartProps) {
  const points = pointsOf(throughput);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const [pointed, setPointed] = useState<number | null>();
  const data = dataOf(points);
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const chart = new uPlot(chartOptions(element, setPointed), latest.current, element);
    plot.current = chart;
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: chart.height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
      plot.current = null;
    };
  }, [theme]);

  useEffect(() => plot.current?.setData(data), [throughput]);

  const point = points[pointed ?? -1] ?? points.at(-1);
  const summary = describeThroughput(throughput);
  return (
    <figure class="card chart">
      <p class="legend">
        <Key name="Events read" className="read" value={point?.read} />
        <Key name="Documents delivered" className="delivered" value={point?.delivered} />
        <span class="quiet">
          {point === undefined ? 'The first minute is not over yet.' : `a minute, at ${formatMinute(point.atMs)}`}
        </span>
      </p>
      <div ref={place} class="plot" role="img" hidden={points.length === 0} aria-label={`Chart. ${summary}`} />
      <figcaption>{summary}</figcaption>
    </figure>
  );
}

interface KeyProps {
  readonly name: string;
  readonly className: string;
  readonly value: number | undefined;
}

function Key({ name, className, value }: KeyProps) {
  return (
    <span>
      <svg class={`key ${className}`} viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
        <path d="M0 4h24" />
      </svg>
      {name} {value !== undefined && <strong>{formatNumber(Math.round(value))}</strong>}
    </span>
  );
}

function dataOf(points: readonly Point[]): uPlot.AlignedData {
  return [
    points.map(({ atMs }) => atMs / 1_000),
    points.map(({ read }) => read),
    points.map(({ delivered }) => delivered),
  ];
}
