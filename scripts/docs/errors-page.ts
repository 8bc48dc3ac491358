import { type ErrorText, errorTexts } from './error-texts.ts';

const PARTS: readonly (readonly [title: string, from: RegExp])[] = [
  ['Atlassian', /^src\/sources\//],
  ['Elasticsearch', /^src\/(exporters\/elasticsearch|app\/connect-elasticsearch)/],
  ['OTLP', /^src\/(exporters\/otlp|telemetry\/own)/],
  ['Output file and standard output', /^src\/exporters\/file\//],
  ['State', /^src\/state\//],
  ['GeoIP, privacy and documents', /^src\/transform\//],
  ['Setting up Kibana', /^src\/setup\/kibana\//],
  ['Setting up Elasticsearch', /^src\/setup\//],
  ['Configuration and commands', /^src\/(config|cli|core|http)\//],
  ['Running', /^src\//],
];

/** `docs/errors.md`: every text that tells a person what is wrong. */
export function errorsPage(): string {
  let left = errorTexts();
  const sections = PARTS.map(([title, from]) => {
    const mine = left.filter(({ file }) => from.test(file));
    left = left.filter(({ file }) => !from.test(file));
    return mine.length === 0 ? '' : `## ${title}\n\n| it says | what to do |\n| --- | --- |\n${rows(mine)}\n`;
  });
  return `# Errors

Generated from the sources by \`npm run docs\`: the texts of the log, the status page and the terminal. What is filled in stands in angle
brackets; *what was said* are the words of a server, cleaned of secrets. The code is the field \`problem\` of a log line (\`labels.problem\`) and the label
\`code\` of \`shipper_problems_total\`; of the last line before the process ends it is the field \`code\` (\`config-invalid\`, \`state-locked\`, \`no-source-works\` …). Mistakes in the configuration are listed all at once, each with its path or variable, and are not here. What to do about symptoms:
[runbook.md](runbook.md).

${sections.filter(Boolean).join('\n')}
## Lines of the log

${LINES_OF_THE_LOG}`;
}

const LINES_OF_THE_LOG = `| it says | what to do |
| --- | --- |
| No source works, so there is nothing to ship: … | each source follows with its reason: as above. The process ends with 5 |
| Events went to the dead letter; see "dead-letter list" | as it says: [events in the dead letter](runbook.md#events-in-the-dead-letter) |
| The status server can't listen on &lt;host>, port &lt;port> (&lt;code>). Shipping goes on without it | give each shipper a port of its own (SHIPPER_SERVER_PORT) |
| Still waiting. … | what for follows, with what to do |
| Works again; This is over: … | nothing |
`;

function rows(texts: readonly ErrorText[]): string {
  const lines = texts.map(({ code, message, remedy }) => {
    const name = code === undefined ? '' : `\`${code}\`: `;
    return `| ${name}${cell(message)} | ${remedy === '' ? 'as it says' : cell(remedy)} |`;
  });
  return [...new Set(lines)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}
