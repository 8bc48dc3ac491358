import type uPlot from 'uplot';
import { formatMinute, formatShortNumber } from './format.ts';

const HOUR_SECONDS = 3_600;
const HEIGHT = 190;
/** So that a quiet hour does not look like a busy one. */
const SMALLEST_TOP = 10;

/** How the chart looks, in the colours that the styles give the element now. */
export function chartOptions(element: HTMLElement, onPoint: (index: number | null | undefined) => void): uPlot.Options {
  const style = getComputedStyle(element);
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: style.color, font, ticks: { show: false } };
  const grid = { stroke: style.getPropertyValue('--line'), width: 1 };
  // A single one makes no line.
  const points = { show: (chart: uPlot) => chart.data[0].length === 1 };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { range: (_, min, max) => [Math.min(min, max - HOUR_SECONDS), max] },
      y: { range: (_, _min, max) => [0, Math.max(SMALLEST_TOP, max * 1.1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 60,
        values: (_, seconds) => seconds.map((at) => formatMinute(at * 1_000)),
      },
      { ...axis, grid, size: 48, values: (_, values) => values.map(formatShortNumber) },
    ],
    series: [
      {},
      { label: 'Events read', stroke: style.getPropertyValue('--read'), width: 2, points },
      {
        label: 'Documents delivered',
        stroke: style.getPropertyValue('--delivered'),
        width: 2,
        dash: [5, 5],
        points,
      },
    ],
    hooks: { setCursor: [(chart) => onPoint(chart.cursor.idx)] },
  };
}
