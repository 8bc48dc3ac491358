/**
 * `npm run bench:transform`: the whole of the transform, raw text to document text with GeoIP on and warm, against what
 * nobody can avoid: parsing the event, writing it as `event.original`, writing the document. In turn, in one process.
 */
import Table from 'cli-table3';
import { parseJson } from '../src/core/json.ts';
import { createTransform } from '../src/transform/to-ecs.ts';
import { geoLite2 } from '../test/helpers/geolite2.ts';
import { loadGeoip } from './load-geoip.ts';
import { rawEvents } from './raw-events.ts';

const EVENTS = 10_000;
const WARM_UP_ROUNDS = 10;
const ROUNDS = 41;
const MAX_RATIO = 1.5;

const databases = await geoLite2();
if (databases.missing !== undefined) throw new Error(`No GeoIP databases: ${databases.missing}`);
const texts = await rawEvents(EVENTS);
const transform = createTransform({
  organizationId: '0a0b0c0d-1111-4222-8333-444455556666',
  namespace: 'default',
  shipperVersion: '0.0.0',
  geoip: await loadGeoip(databases),
});
const documents = texts.map((text) => parseJson(documentText(text)));
let written = 0;

/** Microseconds per event. */
function timed(work: () => void): number {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1_000 / texts.length;
}

function documentText(text: string): string {
  const outcome = transform(parseJson(text));
  if (outcome.kind !== 'document') throw new Error(`no document: ${outcome.reason}`);
  return outcome.document.json;
}

function whole(): void {
  for (const text of texts) written += documentText(text).length;
}

function unavoidable(): void {
  for (const [index, text] of texts.entries()) {
    written += JSON.stringify(parseJson(text)).length;
    written += JSON.stringify(documents[index]).length;
  }
}

for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
  unavoidable();
  whole();
}
const rounds = Array.from({ length: ROUNDS }, () => ({ unavoidable: timed(unavoidable), whole: timed(whole) }));
const ratio = median(rounds.map((round) => round.whole / round.unavoidable));

const table = new Table({
  head: [`median of ${ROUNDS} rounds of ${EVENTS} events`, 'µs per event'],
  style: { head: [] },
});
table.push(['parse, write the event, write the document', median(rounds.map((round) => round.unavoidable)).toFixed(2)]);
table.push(['the transform, raw text to document text', median(rounds.map((round) => round.whole)).toFixed(2)]);
console.log(
  `Node ${process.version}; events of ${mean(texts.map(length))} characters, documents of ${mean(documents.map((document) => JSON.stringify(document).length))}\n`,
);
console.log(table.toString());
console.log(
  `\nRatio, round by round, median: ${ratio.toFixed(2)} (at most ${MAX_RATIO}); ${written} characters written`,
);
process.exitCode = ratio > MAX_RATIO ? 1 : 0;

function length(text: string): number {
  return text.length;
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
