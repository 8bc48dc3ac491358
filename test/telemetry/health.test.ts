import { expect, test } from 'vitest';
import type { Log, LogFields } from '../../src/core/log.ts';
import { createHealth } from '../../src/telemetry/health.ts';

const FULL = { code: 'disk-full', message: 'The disk is full.', remedy: 'Free space.' };
const GONE = { code: 'disk-gone', message: 'The disk is gone.', remedy: 'Find it.' };

function recordingLog() {
  const lines: { level: string; message: string; fields: LogFields | undefined }[] = [];
  const at = (level: string) => (message: string, fields?: LogFields) => void lines.push({ level, message, fields });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
}

test('trouble is logged once per kind with what to do, and so is its end', () => {
  const { log, lines } = recordingLog();
  const health = createHealth(log);
  health.working('file');
  for (const problem of [FULL, FULL, FULL, GONE]) health.degraded('file', problem, 1_234);
  health.working('file');
  health.working('file');
  expect(lines.filter(({ level }) => level !== 'debug')).toEqual([
    {
      level: 'warn',
      message: 'The disk is full. Free space.',
      fields: { component: 'file', problem: 'disk-full', retry_in_seconds: 1.2 },
    },
    {
      level: 'warn',
      message: 'The disk is gone. Find it.',
      fields: { component: 'file', problem: 'disk-gone', retry_in_seconds: 1.2 },
    },
    { level: 'info', message: 'Works again', fields: { component: 'file' } },
  ]);
});

test('each component has a state of its own', () => {
  const health = createHealth(recordingLog().log);
  expect(health.states().size).toBe(0);
  health.working('file');
  health.degraded('audit', GONE, 0);
  expect(Object.fromEntries(health.states())).toEqual({
    file: { kind: 'working' },
    audit: { kind: 'degraded', problem: GONE },
  });
});
