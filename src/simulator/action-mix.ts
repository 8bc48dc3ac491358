import { ACTIONS, type Action } from './actions.ts';

const TOTAL = ACTIONS.reduce((sum, { weight }) => sum + weight, 0);

/** The action for a fraction in [0, 1), by weight. Few steps, since the most frequent actions come first. */
export function actionFor(fraction: number): Action {
  let left = fraction * TOTAL;
  for (const action of ACTIONS) {
    left -= action.weight;
    if (left < 0) return action;
  }
  throw new RangeError('A fraction is below 1.');
}
