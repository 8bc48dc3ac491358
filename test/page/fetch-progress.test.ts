import { expect, test } from 'vitest';
import type { RecentProblem } from '../../src/core/status.ts';
import { fetchProgress } from '../../src/page/fetch-progress.ts';
import type { SourceStatus } from '../../src/server/api.ts';
import { aSource, aStatus, PROBLEM } from './samples.ts';

const ASKED = { source: 'audit', askedAtMs: 1_000, eventsBefore: 10 };

const after = (source: Partial<SourceStatus>, ...problems: RecentProblem[]) =>
  fetchProgress(ASKED, aStatus({ sources: [aSource(source)], problems }));

const problem = (lastMs: number, component = 'audit'): RecentProblem => ({
  component,
  problem: PROBLEM,
  firstMs: 0,
  lastMs,
  times: 1,
});

test('waits as long as the last answer is older than the request', () => {
  expect(after({ lastAnswerMs: null })).toEqual({ kind: 'waiting' });
  expect(after({ lastAnswerMs: 999 })).toEqual({ kind: 'waiting' });
});

test('counts what came since', () => {
  expect(after({ lastAnswerMs: 1_000, eventsRead: 10 })).toEqual({ kind: 'fetched', events: 0 });
  expect(after({ lastAnswerMs: 2_000, eventsRead: 17 })).toEqual({ kind: 'fetched', events: 7 });
});

test('a restart in between does not make less than nothing', () => {
  expect(after({ lastAnswerMs: 2_000, eventsRead: 3 })).toEqual({ kind: 'fetched', events: 0 });
});

test('a problem ends the waiting if it is of this source and happened since', () => {
  expect(after({}, problem(1_500))).toEqual({ kind: 'problem', problem: PROBLEM });
  expect(after({}, problem(500))).toEqual({ kind: 'waiting' });
  expect(after({}, problem(1_500, 'file'))).toEqual({ kind: 'waiting' });
});

test('a source that is gone is waited for', () => {
  expect(fetchProgress(ASKED, aStatus({}))).toEqual({ kind: 'waiting' });
});
