import type { Clock } from '../core/clock.ts';

/** Ends the pause of a source before its time, when a person wants its events now. */
export interface PollBell {
  /** Waits, shorter if the source is rung for, or was since it last waited. Rejects with `signal.reason` on abort. */
  pause(source: string, ms: number, signal: AbortSignal): Promise<'time' | 'fetch_now'>;
  ring(source: string): void;
}

export function createPollBell(clock: Clock): PollBell {
  const pausing = new Map<string, AbortController>();
  const rungFor = new Set<string>();

  return {
    async pause(source, ms, signal) {
      if (rungFor.delete(source)) return 'fetch_now';
      const rung = new AbortController();
      pausing.set(source, rung);
      try {
        await clock.sleep(ms, AbortSignal.any([signal, rung.signal]));
        return 'time';
      } catch (error) {
        if (signal.aborted || !rung.signal.aborted) throw error;
        return 'fetch_now';
      } finally {
        pausing.delete(source);
      }
    },
    ring(source) {
      const pause = pausing.get(source);
      if (pause === undefined) rungFor.add(source);
      else pause.abort();
    },
  };
}
