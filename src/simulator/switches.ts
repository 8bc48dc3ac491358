import { createFaults, type FaultPlan, type Faults } from './faults.ts';

/** `unauthorized`: the key is not known any more. `forbidden`: it is known, and may do nothing. */
export type Access = 'granted' | 'unauthorized' | 'forbidden';

/** What a test turns on and off while the simulator runs. */
export interface Switches {
  /** Replaces the plan; `undefined` for no faults from now on. */
  setFaults(plan: FaultPlan | undefined): void;
  /** What the key may do from now on. */
  setAccess(access: Access): void;
  /** An outage: the connection of every request is reset until `resume`. */
  pause(): void;
  resume(): void;
  /** No event becomes available until `releaseEvents`; then those that would have been are, at once. */
  holdEvents(): void;
  releaseEvents(): void;
}

/** How the switches stand. */
export interface Settings {
  faults(): Faults;
  access(): Access;
  isPaused(): boolean;
  /** Events of later moments are not shown yet; behind the clock while events are held back. */
  shownUntil(): number;
}

export function createSwitches(
  plan: FaultPlan | undefined,
  now: () => number,
): { readonly switches: Switches; readonly settings: Settings } {
  let faults = createFaults(plan);
  let access: Access = 'granted';
  let paused = false;
  let heldAtMs: number | undefined;

  const switches: Switches = {
    setFaults: (next) => {
      faults = createFaults(next);
    },
    setAccess: (next) => {
      access = next;
    },
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
    holdEvents: () => {
      heldAtMs ??= now();
    },
    releaseEvents: () => {
      heldAtMs = undefined;
    },
  };

  const settings: Settings = {
    faults: () => faults,
    access: () => access,
    isPaused: () => paused,
    shownUntil: () => heldAtMs ?? now(),
  };

  return { switches, settings };
}
