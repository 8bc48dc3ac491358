import { FIELDS, type Values } from '../../src/transform/fields.ts';

const VALUES: Readonly<Record<Values, string>> = { one: '', list: 'list', 'one or more': 'a list if several' };

/** `docs/fields.md`: every field that documents can have. */
export function fieldsPage(): string {
  const rows = FIELDS.map(
    ({ name, type, values, meaning }) => `| \`${name}\` | ${type} | ${VALUES[values]} | ${meaning} |`,
  );
  return `# Fields

Generated from \`src/transform/fields.ts\` by \`npm run docs\`. Tests check that documents have no other fields, that each of
these is in some document, and that those of ECS are as ECS 9.4 has them.

A field is absent where the event says nothing: there are no empty strings, nulls or empty lists. Types are those of the Elasticsearch
mapping. Values outside of \`event.original\` have at most 8,191 characters, keys of attributes 128; what is cut ends in \`…[cut]\`.
Attributes are kept to a depth of 16, and of \`context\` and \`container\` the first 1,000 objects each; a field
made of them holds 1,000 values at most. \`event.original\` has all of
it, up to 4,194,304 characters; beyond, it is cut too, the tag \`event_original_cut\` says so, and \`event.hash\` proves the whole.

In Elasticsearch the final pipeline adds \`event.ingested\` on arrival, what is missing in \`source.geo\` and \`source.as\`, and, where a pipeline
failed, \`error.message\` and the tag \`pipeline_error\`.

| field | type | values | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
