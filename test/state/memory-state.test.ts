import { createMemoryState } from '../../src/state/memory-state.ts';
import { describeStateContract } from './checkpoint-store.contract.ts';

describeStateContract('memory state', () => {
  const state = createMemoryState();
  return { state, reopen: () => state };
});
