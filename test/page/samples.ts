import type { Problem } from '../../src/core/problem.ts';
import type { ExporterStatus, SourceStatus, Status } from '../../src/server/api.ts';

export const PROBLEM: Problem = { code: 'unauthorized', message: 'The key is refused.', remedy: 'Make a new one.' };

export function aSource(changes: Partial<SourceStatus>): SourceStatus {
  return {
    name: 'audit',
    state: { kind: 'working' },
    notices: [],
    lastEventMs: null,
    lastStoredMs: null,
    lastAnswerMs: null,
    pollIntervalMs: 60_000,
    eventsRead: 0,
    rateBudget: { remaining: null, perMinute: 50 },
    keyExpiresOn: null,
    ...changes,
  };
}

export function anExporter(changes: Partial<ExporterStatus>): ExporterStatus {
  return {
    name: 'file',
    state: { kind: 'working' },
    delivered: 0,
    alreadyPresent: 0,
    refused: 0,
    retries: 0,
    ...changes,
  };
}

export function aStatus(changes: Partial<Status>): Status {
  return {
    version: '1.0.0',
    startedAtMs: 0,
    nowMs: 0,
    sources: [],
    exporters: [],
    others: [],
    throughput: { fromMs: 0, stepMs: 60_000, eventsRead: [], documentsDelivered: [] },
    problems: [],
    deadLetters: 0,
    ...changes,
  };
}
