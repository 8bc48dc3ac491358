import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { METRICS } from '../../src/core/metrics.ts';
import { createPrometheus } from '../../src/telemetry/prometheus.ts';
import { headingsOf } from '../docs/markdown.ts';
import { debianCommand } from '../helpers/debian-command.ts';
import { quiet } from '../helpers/quiet.ts';

const FOLDER = 'deploy/prometheus';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly runbook: string };
}

const { groups } = parse(readFileSync(`${FOLDER}/alerts.yml`, 'utf8'));
const alerts: readonly Alert[] = groups.flatMap(({ rules }: { readonly rules: readonly Alert[] }) => rules);
const runbook = readFileSync('docs/runbook.md', 'utf8');

test.each(alerts)('$alert asks for metrics that there are, and leads to what to do', ({ alert, expr, annotations }) => {
  const named = expr.match(/shipper_[a-z_]+/g) ?? [];
  expect(named.filter((name) => !(name in METRICS))).toEqual([]);
  const [file, anchor] = annotations.runbook.split('#');
  expect(file).toBe('docs/runbook.md');
  expect(headingsOf(runbook)).toContain(anchor);
  expect(runbook).toContain(`\`${alert}\``);
});

test('every alert has a case in which it rises, and one in which it does not', () => {
  const { tests } = parse(readFileSync(`${FOLDER}/alerts.test.yml`, 'utf8'));
  const cases: readonly { readonly alertname: string; readonly exp_alerts?: readonly unknown[] }[] = tests.flatMap(
    ({ alert_rule_test }: { readonly alert_rule_test: readonly unknown[] }) => alert_rule_test,
  );
  for (const { alert } of alerts) {
    const mine = cases.filter(({ alertname }) => alertname === alert);
    expect(
      mine.some(({ exp_alerts = [] }) => exp_alerts.length > 0),
      `${alert} rises`,
    ).toBe(true);
    expect(
      mine.some(({ exp_alerts = [] }) => exp_alerts.length === 0),
      `${alert} rests`,
    ).toBe(true);
  }
});

const promtool = await debianCommand('promtool', 'prometheus');
if (promtool.kind === 'missing') test.skip(`promtool: ${promtool.reason}`, () => {});
else {
  const ask = (...args: readonly string[]) => promisify(execFile)(promtool.path, args, { cwd: FOLDER });

  test('promtool takes the rules and finds them right in every case', async () => {
    expect((await ask('check', 'rules', 'alerts.yml')).stdout).toContain(`${alerts.length} rules found`);
    expect((await ask('test', 'rules', 'alerts.test.yml')).stdout).toContain('SUCCESS');
    expect((await ask('check', 'config', '--syntax-only', 'scrape.yml')).stdout).toContain('SUCCESS');
  });

  test('and what the shipper tells, every metric of it', async () => {
    const prometheus = createPrometheus();
    const metrics = prometheus.metrics(quiet().metrics);
    // In days on purpose, in which people count here; promtool would have seconds.
    const names = Object.keys(METRICS)
      .filter((name): name is keyof typeof METRICS => name in METRICS)
      .filter((name) => name !== 'shipper_key_expiry_days');
    for (const name of names) {
      const labels = { source: 'a "quoted" \\ name\n', outcome: 'ok' };
      if (METRICS[name].startsWith('histogram')) metrics.record(name, 1, labels);
      else if (METRICS[name].startsWith('gauge')) metrics.set(name, 1, labels);
      else metrics.add(name, 1, labels);
    }
    const text = await prometheus.text();
    await prometheus.close();
    for (const name of names) expect(text).toContain(`# TYPE ${name} ${METRICS[name].split(':')[0]}\n`);
    const checking = promisify(execFile)(promtool.path, ['check', 'metrics', '--extended']);
    checking.child.stdin?.end(text);
    const { stdout, stderr } = await checking;
    expect(stderr).toBe('');
    expect(stdout).toContain('shipper_documents_total');
  });
}
