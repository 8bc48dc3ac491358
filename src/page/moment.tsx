import { formatClock, formatExact, formatRelative, isTime } from './format.ts';
import { useNow } from './now.ts';

export interface MomentProps {
  readonly at: number | null;
  /** `ago`: as seen from now. `clock`: the time of day. The exact time is in the title of both. */
  readonly as: 'ago' | 'clock';
  /** Instead of a time that is not known. */
  readonly unknown?: string;
}

export function Moment({ at, as, unknown = 'not known yet' }: MomentProps) {
  const nowMs = useNow();
  if (at === null || !isTime(at)) return <span class="quiet">{unknown}</span>;
  const words = as === 'ago' ? formatRelative(at, nowMs) : formatClock(at, nowMs);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {words}
    </time>
  );
}
