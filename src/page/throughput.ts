import type { Throughput } from '../core/status.ts';
import { counted, formatMinute } from './format.ts';

const MINUTE_MS = 60_000;

/** One step of time that is over, as rates a minute. */
export interface Point {
  readonly atMs: number;
  readonly read: number;
  readonly delivered: number;
}

/** The step under way is left out: half a minute would look like a slump. */
export function pointsOf({ fromMs, stepMs, eventsRead, documentsDelivered }: Throughput): readonly Point[] {
  return eventsRead.slice(0, -1).map((read, index) => ({
    atMs: fromMs + index * stepMs,
    read: perMinute(read, stepMs),
    delivered: perMinute(documentsDelivered[index] ?? 0, stepMs),
  }));
}

/** The chart for who can't see it, in sentences. */
export function describeThroughput(throughput: Throughput): string {
  const { stepMs, eventsRead, documentsDelivered } = throughput;
  const read = sum(eventsRead);
  const delivered = sum(documentsDelivered);
  const span = lastMinutes(Math.ceil((eventsRead.length * stepMs) / MINUTE_MS));
  if (read === 0 && delivered === 0) return `Nothing was read or delivered in the last ${span}.`;
  const total = `In the last ${span}: ${counted(read, 'event')} read, ${counted(delivered, 'document')} delivered.`;
  const busiest = pointsOf(throughput).reduce<Point | undefined>(
    (most, point) => (point.read > (most?.read ?? 0) ? point : most),
    undefined,
  );
  if (busiest === undefined) return total;
  return `${total} Most at ${formatMinute(busiest.atMs)}: ${counted(Math.round(busiest.read), 'event')} a minute.`;
}

function lastMinutes(minutes: number): string {
  if (minutes >= 60) return 'hour';
  return minutes === 1 ? 'minute' : counted(minutes, 'minute');
}

function perMinute(count: number, stepMs: number): number {
  return (count * MINUTE_MS) / stepMs;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
