import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn, parseJson } from '../../src/core/json.ts';
import { OUTPUT_FILE } from './file-collector.ts';

/** A log record as it was sent, its values decoded to plain JSON. What was not sent is `undefined`. */
export interface CollectedRecord {
  /** `null` stands for an empty value, and for none. */
  readonly body: JsonValue;
  readonly attributes: JsonObject;
  readonly eventName: string | undefined;
  readonly severityNumber: number | undefined;
  readonly severityText: string | undefined;
  /** Decimal, since no number of JavaScript holds it. */
  readonly timeUnixNano: string | undefined;
  readonly observedTimeUnixNano: string | undefined;
  /** Its attributes. */
  readonly resource: JsonObject;
  readonly scope: {
    readonly name: string | undefined;
    readonly version: string | undefined;
    readonly attributes: JsonObject;
  };
}

/** How every request begins. In no text does it stand, since quotes have a backslash before them there. */
const START = '{"resourceLogs":';

/** The `log.record.uid` of every record in a folder, as often as it is there. Throws on a record without one. */
export async function collectorIds(folder: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { attributes } of collectedRecords(folder)) {
    const id = attributes['log.record.uid'];
    if (typeof id !== 'string') throw new Error('a record has no log.record.uid');
    ids.push(id);
  }
  return ids;
}

/** All records in the files of a folder, the oldest file first. Only a line at a time is in memory. */
export async function* collectedRecords(folder: string): AsyncGenerator<CollectedRecord> {
  for (const file of outputFiles(folder)) {
    for await (const request of requestsIn(file)) yield* recordsOf(request);
  }
}

/** Of a file named `logs.jsonl`, rotated ones are `logs-<time>.jsonl`, which is also their order. */
export function outputFiles(folder: string): readonly string[] {
  const [name = '', extension = ''] = OUTPUT_FILE.split('.');
  return readdirSync(folder)
    .filter((file) => file.startsWith(name) && file.endsWith(extension))
    .sort()
    .map((file) => join(folder, file));
}

async function* requestsIn(file: string): AsyncGenerator<JsonValue> {
  let torn: string | undefined;
  for await (const line of linesOf(file)) {
    if (torn !== undefined) throw new Error(`${file} holds what is no request: ${torn.slice(0, 200)}`);
    const parts = partsOf(line);
    for (const [index, part] of parts.entries()) {
      const request = wholeRequest(part);
      if (request !== undefined) yield request;
      // At the end of a file, too, it is what a killed Collector has left.
      else if (index === parts.length - 1) torn = part;
    }
  }
}

/** By line feeds alone: `readline` takes U+2028 for the end of a line, which JSON has within texts. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let begun = '';
  for await (const text of createReadStream(file, 'utf8')) {
    const lines = `${begun}${text}`.split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
  if (begun !== '') yield begun;
}

/**
 * What a killed Collector has begun to write has no line break behind it: the next request stands in the same line.
 * Nor has the last one before a rotation, whose line break may come first in the next file.
 */
function partsOf(line: string): readonly string[] {
  const [before = '', ...requests] = line.split(START);
  return [...(before === '' ? [] : [before]), ...requests.map((request) => START + request)];
}

function wholeRequest(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function* recordsOf(request: JsonValue): Generator<CollectedRecord> {
  for (const ofResource of objectsIn(memberOf(request, 'resourceLogs'))) {
    const resource = attributesOf(ofResource['resource']);
    for (const ofScope of objectsIn(ofResource['scopeLogs'])) {
      const scope = scopeOf(ofScope['scope']);
      for (const record of objectsIn(ofScope['logRecords'])) yield { ...decoded(record), resource, scope };
    }
  }
}

function scopeOf(scope: JsonValue | undefined): CollectedRecord['scope'] {
  return {
    name: textOf(memberOf(scope, 'name')),
    version: textOf(memberOf(scope, 'version')),
    attributes: attributesOf(scope),
  };
}

function decoded(record: JsonObject): Omit<CollectedRecord, 'resource' | 'scope'> {
  const { severityNumber } = record;
  return {
    body: plainValue(record['body']),
    attributes: attributesOf(record),
    eventName: textOf(record['eventName']),
    severityNumber: typeof severityNumber === 'number' ? severityNumber : undefined,
    severityText: textOf(record['severityText']),
    timeUnixNano: textOf(record['timeUnixNano']),
    observedTimeUnixNano: textOf(record['observedTimeUnixNano']),
  };
}

const textOf = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const attributesOf = (of: JsonValue | undefined): JsonObject => memberValues(memberOf(of, 'attributes'));

function memberValues(pairs: JsonValue | undefined): JsonObject {
  // What is empty is not written.
  return Object.fromEntries(objectsIn(pairs).map(({ key = '', value }) => [String(key), plainValue(value)]));
}

/** An `AnyValue` of OTLP/JSON. Throws on bytes, which nothing of ours sends. */
function plainValue(any: JsonValue | undefined): JsonValue {
  const [kind, value] = Object.entries(isJsonObject(any) ? any : {})[0] ?? [];
  switch (kind) {
    case undefined:
      return null;
    case 'stringValue':
    case 'boolValue':
    case 'doubleValue':
      return value ?? null;
    case 'intValue':
      return Number(value);
    case 'arrayValue': {
      const values = memberOf(value, 'values');
      return Array.isArray(values) ? values.map(plainValue) : [];
    }
    case 'kvlistValue':
      return memberValues(memberOf(value, 'values'));
    default:
      throw new Error(`a value is a ${kind}`);
  }
}
