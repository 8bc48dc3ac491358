import { ACTIONS, type Action } from './actions.ts';

const SLOTS = 4_096;

/** Actions by their weight, laid out in slots so that a draw is one look-up. */
const MIX: readonly Action[] = layOut();

/** The action for a fraction in [0, 1). */
export function actionFor(fraction: number): Action {
  const found = MIX[Math.floor(fraction * MIX.length)];
  if (found === undefined) throw new RangeError('A fraction is below 1.');
  return found;
}

function layOut(): readonly Action[] {
  const total = ACTIONS.reduce((sum, { weight }) => sum + weight, 0);
  return ACTIONS.flatMap((action) => {
    const slots = Math.max(1, Math.round((action.weight / total) * SLOTS));
    return Array.from({ length: slots }, () => action);
  });
}
