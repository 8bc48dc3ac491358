import { once } from 'node:events';
import { errorMessage } from '../../core/errors.ts';
import { isJsonObject, type JsonValue, parseJson } from '../../core/json.ts';
import type { Transform } from '../../core/transform.ts';
import { readVersion } from '../../runtime/version.ts';
import { createTransform } from '../../transform/to-ecs.ts';
import { EXIT } from '../exit-codes.ts';
import { linesOf } from '../lines.ts';

export interface TransformArguments {
  readonly orgId: string;
  readonly namespace: string;
}

/** Good lines are written whatever the others hold; the exit code tells whether there were bad ones. */
export async function transform({ orgId, namespace }: TransformArguments): Promise<number> {
  const toDocument = createTransform({ organizationId: orgId, namespace, shipperVersion: readVersion() });
  let line = 0;
  let bad = 0;
  for await (const text of linesOf(process.stdin)) {
    line += 1;
    if (text.trim() === '') continue;
    const { documents, complaints } = transformLine(text, toDocument);
    for (const complaint of complaints) process.stderr.write(`line ${line}: ${complaint}\n`);
    bad += complaints.length > 0 ? 1 : 0;
    if (documents !== '' && !process.stdout.write(documents)) await once(process.stdout, 'drain');
  }
  if (bad > 0)
    process.stderr.write(`${bad} bad line(s). Each line is one event, or one page; of a formatted file: jq -c .\n`);
  return bad === 0 ? EXIT.ok : EXIT.failed;
}

function transformLine(text: string, toDocument: Transform): { documents: string; complaints: string[] } {
  const complaints: string[] = [];
  let documents = '';
  for (const [index, event] of eventsOf(text, complaints).entries()) {
    const outcome = toDocument(event);
    if (outcome.kind === 'document') documents += `${outcome.document.json}\n`;
    if (outcome.kind === 'rejected') complaints.push(`event ${index + 1}: ${outcome.reason}`);
  }
  return { documents, complaints };
}

/** A line is an event, a list of events, or a page as the API answers it. */
function eventsOf(text: string, complaints: string[]): readonly JsonValue[] {
  try {
    const value = parseJson(text);
    if (Array.isArray(value)) return value;
    const data = isJsonObject(value) && !('attributes' in value) ? value['data'] : undefined;
    return Array.isArray(data) ? data : [value];
  } catch (error) {
    complaints.push(`not JSON (${errorMessage(error)})`);
    return [];
  }
}
