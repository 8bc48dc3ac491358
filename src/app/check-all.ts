import type { CheckOutcome } from '../core/source.ts';
import { systemClock } from '../runtime/system-clock.ts';
import type { ShipperParts } from './shipper.ts';

export interface NamedCheck {
  readonly component: string;
  readonly outcome: CheckOutcome;
  /** When the outcome came, epoch milliseconds. */
  readonly atMs: number;
}

/** The real operation of every source and exporter, one after the other. */
export async function* checkAll(
  { routes, exporters, clock = systemClock }: Pick<ShipperParts, 'routes' | 'exporters' | 'clock'>,
  signal: AbortSignal,
): AsyncGenerator<NamedCheck> {
  for (const component of [...routes.map(({ source }) => source), ...exporters]) {
    const outcome = await component.check(signal);
    yield { component: component.name, outcome, atMs: clock.now() };
  }
}
