import { expect, test } from 'vitest';
import { ecsLog } from '../../src/telemetry/logger.ts';

function logTo(level: 'debug' | 'info' | 'warn' | 'error') {
  const lines: string[] = [];
  const log = ecsLog({ level, format: 'ecs', version: '1.2.3' }, { write: (line: string) => void lines.push(line) });
  return { log, parsed: () => lines.map((line) => JSON.parse(line)), lines };
}

test('a line is one JSON object with ECS names, and our fields are labels', () => {
  const { log, parsed, lines } = logTo('info');
  log.warn('The disk\nis full', { component: 'file', retry_in_seconds: 1.5 });
  expect(lines).toEqual([expect.stringMatching(/^[^\n]+\n$/)]);
  const [line] = parsed();
  expect(line).toMatchObject({
    'log.level': 'warn',
    message: 'The disk\nis full',
    'ecs.version': expect.stringMatching(/^\d+\.\d+/),
    'service.name': 'atlassian-shipper',
    'service.version': '1.2.3',
    labels: { component: 'file', retry_in_seconds: 1.5 },
  });
  expect(new Date(line['@timestamp']).toISOString()).toBe(line['@timestamp']);
});

test('lines below the level are left out', () => {
  const { log, parsed } = logTo('warn');
  log.debug('1');
  log.info('2');
  log.warn('3');
  log.error('4');
  expect(parsed().map(({ message }) => message)).toEqual(['3', '4']);
});
