/**
 * Writes what is derived from the code: docs/actions.md, docs/fields.md, docs/configuration.md, docs/metrics.md,
 * docs/errors.md, docs/otlp-answers.md, docs/rules.md and config/schema.json.
 * With `--check` it writes nothing and fails if one of them is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { VARIABLES } from '../src/config/environment.ts';
import { jsonSchema } from '../src/config/json-schema.ts';
import { METRICS } from '../src/core/metrics.ts';
import { actionsPage } from './docs/actions-page.ts';
import { errorsPage } from './docs/errors-page.ts';
import { fieldsPage } from './docs/fields-page.ts';
import { otlpAnswersPage } from './docs/otlp-answers-page.ts';
import { rulesPage } from './kibana/rules/rules-page.ts';

/** The parts of JSON Schema that our configuration uses. */
interface Schema {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly examples?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

interface Row {
  readonly path: string;
  readonly kind: string;
  readonly fallback: string;
  readonly description: string;
}

const schema: Schema = JSON.parse(JSON.stringify(jsonSchema()));
const pages = {
  'config/schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'docs/actions.md': actionsPage(),
  'docs/configuration.md': configurationPage(),
  'docs/errors.md': errorsPage(),
  'docs/fields.md': fieldsPage(),
  'docs/metrics.md': metricsPage(),
  'docs/otlp-answers.md': otlpAnswersPage(),
  'docs/rules.md': rulesPage(),
};

const check = process.argv.includes('--check');
for (const [path, text] of Object.entries(pages)) {
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is not up to date: npm run docs`);
    process.exitCode = 1;
  }
}

function configurationPage(): string {
  return `# Configuration

Generated from the schema by \`npm run docs\`; \`config/example.yaml\` shows every option, \`config/schema.json\` is for editors.

A YAML file (\`--config FILE\`), or, for one organization, environment variables alone. With a file only \`\${VAR}\` reads the
environment: it is replaced in every text, \`$$\` is a dollar sign. Every error is reported at once, each with its path; unknown
keys are errors. \`atlassian-shipper config validate\` checks, \`config print\` shows what holds with all defaults, without secrets.

## Environment

An empty variable counts as not set; of \`OTEL_…\` also one with nothing but blanks.

| variable | fills | meaning |
| --- | --- | --- |
${VARIABLES.map(({ name, path, meaning }) => `| \`${name}\` | \`${place(path)}\` | ${meaning} |`).join('\n')}
| \`SHIPPER_TELEMETRY_OTLP\` | | \`true\` sends the shipper's own log and metrics by OTLP, also beside a file: [otlp.md](otlp.md#the-shippers-own-telemetry). |

Node's own variables hold too: \`HTTPS_PROXY\` and \`NO_PROXY\` (not for loopback), \`NODE_EXTRA_CA_CERTS\`, \`NODE_OPTIONS\`.

## File

| key | value | default | meaning |
| --- | --- | --- | --- |
${rows(schema, '')
  .map(({ path, kind, fallback, description }) => `| \`${path}\` | ${kind} | ${fallback} | ${description} |`)
  .join('\n')}
`;
}

function metricsPage(): string {
  const lines = Object.entries(METRICS).map(([name, text]) => {
    const [kind = '', ...meaning] = text.split(': ');
    return `| \`${name}\` | ${kind} | ${meaning.join(': ')} |`;
  });
  return `# Metrics

Generated from \`src/core/metrics.ts\` by \`npm run docs\`. Labels are bounded by the configuration (source, exporter) or by the
code (outcome, stage, code). They are at
\`/metrics\` of the [status server](runbook.md#status-page-health-and-metrics) for Prometheus; \`run --once\` shows them on a terminal and in its
closing log line. Alert rules: [\`deploy/prometheus/\`](../deploy/prometheus). With \`SHIPPER_TELEMETRY_OTLP=true\` they go out by OTLP, each once it
has been touched: [otlp.md](otlp.md#the-shippers-own-telemetry).

| name | kind | meaning |
| --- | --- | --- |
${lines.join('\n')}
`;
}

function rows(node: Schema, path: string): Row[] {
  const alternatives = node.oneOf ?? [node];
  return alternatives.flatMap((alternative) =>
    Object.entries(alternative.properties ?? {}).flatMap(([key, written]) => {
      const child = withoutNull(written);
      const here = path === '' ? key : `${path}.${key}`;
      const required = alternative.required?.includes(key) === true;
      if (child.properties !== undefined) return rows(child, here);
      if (child.items !== undefined) return rows(child.items, `${here}[]`);
      return [
        {
          path: here,
          kind: kindOf(child),
          fallback: fallbackOf(child, required),
          description: cell(child.description ?? ''),
        },
      ];
    }),
  );
}

/** A section that may also be empty is described by what it holds. */
function withoutNull(node: Schema): Schema {
  const [only, ...others] = node.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return only === undefined || others.length > 0 ? node : only;
}

function kindOf(node: Schema): string {
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(', ');
  if (node.examples !== undefined) return `such as ${node.examples.map((value) => `\`${value}\``).join(', ')}`;
  if (node.type === 'boolean') return '`true`, `false`';
  if (typeof node.additionalProperties === 'object') return 'a text for each name';
  if (node.anyOf?.some(({ type }) => type === 'array') === true) return 'list of texts, or texts separated by commas';
  return node.type === 'string' ? 'text' : 'whole number';
}

function fallbackOf(node: Schema, required: boolean): string {
  if (typeof node.default === 'object') return `\`${JSON.stringify(node.default)}\``;
  if (node.default !== undefined) return `\`${String(node.default)}\``;
  return required ? '**required**' : '';
}

/** Angle brackets are HTML to Markdown. */
function cell(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('|', '\\|');
}

function place(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'number' ? '[]' : `.${part}`))
    .join('')
    .slice(1);
}
