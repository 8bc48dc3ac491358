import { describe, expect, test } from 'vitest';
import type { ComponentState } from '../../src/core/status.ts';
import { openMatters, overallState, stateInWords, toneOf } from '../../src/page/state-words.ts';
import { anExporter, aSource, PROBLEM } from './samples.ts';

const WORKING: ComponentState = { kind: 'working' };
const STARTING: ComponentState = { kind: 'starting' };
const DEGRADED: ComponentState = { kind: 'degraded', problem: PROBLEM, sinceMs: 0 };

test.each([
  [WORKING, 'Works', 'good'],
  [STARTING, 'Starting', 'waiting'],
  [DEGRADED, 'Trying again', 'attention'],
] as const)('a component in words: %j', (state, words, tone) => {
  expect(stateInWords(state)).toBe(words);
  expect(toneOf(state)).toBe(tone);
});

describe('the whole in words', () => {
  test.each([
    [[WORKING, WORKING], 'Everything works', 'good'],
    [[WORKING, STARTING], 'Starting', 'waiting'],
    [[WORKING, DEGRADED, STARTING], '1 of 3 needs attention', 'attention'],
    [[DEGRADED, DEGRADED], '2 of 2 need attention', 'attention'],
  ] as const)('%j: %s', (states, words, tone) => {
    const [first, ...others] = states;
    const sources = [aSource({ state: first })];
    const exporters = others.map((state) => anExporter({ state }));
    expect(overallState({ sources, exporters, others: [] })).toEqual({ words, tone });
  });
});

test('what else wants a person is counted', () => {
  expect(openMatters({ sources: [aSource({})], deadLetters: 0 })).toEqual([]);
  const noticed = aSource({ notices: [PROBLEM] });
  expect(openMatters({ sources: [noticed, noticed], deadLetters: 1 })).toEqual([
    { words: '2 notices', section: 'sources' },
    { words: '1 dead letter', section: 'dead-letters' },
  ]);
});
