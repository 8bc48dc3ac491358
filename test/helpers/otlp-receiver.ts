import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type JsonValue, memberOf, objectsIn, parseJson } from '../../src/core/json.ts';
import { startTinyServer } from './tiny-server.ts';

/** What to say to a request; `ids` are the `log.record.uid` of its records, none in an empty one. */
export type Reply = (response: ServerResponse, ids: readonly string[]) => void;

export interface OtlpReceiver {
  readonly url: string;
  /** The ids in each request, in order. */
  readonly requests: readonly (readonly string[])[];
}

/** A receiver that reads OTLP/JSON and answers as it is told to. It ends with the running test. */
export async function startOtlpReceiver(reply: Reply): Promise<OtlpReceiver> {
  const requests: (readonly string[])[] = [];
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ids = idsIn(parseJson(await text(request)));
    requests.push(ids);
    reply(response, ids);
  }
  const server = await startTinyServer((request, response) => void serve(request, response));
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { url: server.url, requests };
}

function idsIn(request: JsonValue): string[] {
  return objectsIn(memberOf(request, 'resourceLogs'))
    .flatMap((ofResource) => objectsIn(ofResource['scopeLogs']))
    .flatMap((ofScope) => objectsIn(ofScope['logRecords']))
    .flatMap(({ attributes }) => objectsIn(attributes))
    .filter(({ key }) => key === 'log.record.uid')
    .map(({ value }) => String(memberOf(value, 'stringValue')));
}
