import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { Clock } from '../../core/clock.ts';
import type { Document } from '../../core/document.ts';
import type { OtlpExporterConfig, OtlpProtocol } from './config.ts';
import { mayHoldLargeInteger, withDoubles } from './json-doubles.ts';
import type { MakeRecord } from './records/record.ts';
import { unlessTooDeep } from './too-deep.ts';

/** An `ExportLogsServiceRequest`. */
export interface EncodedRequest {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** Before compression: that is what receivers limit. */
  readonly plainBytes: number;
}

export type Encoded =
  | { readonly kind: 'request'; readonly request: EncodedRequest }
  /** At least one of the documents has no encoding. */
  | { readonly kind: 'unencodable'; readonly reason: string };

/** Encodes documents, or none at all, for one request. */
export type Encode = (documents: readonly Document[]) => Promise<Encoded>;

export interface EncoderParts {
  readonly config: Pick<OtlpExporterConfig, 'protocol' | 'compression'>;
  readonly makeRecord: MakeRecord;
  readonly clock: Clock;
}

const CONTENT_TYPE: Readonly<Record<OtlpProtocol, string>> = {
  'http/protobuf': 'application/x-protobuf',
  'http/json': 'application/json',
};

/** At most as long as it takes to compress it as well as is worth it: what travels is mostly text that repeats. */
const GZIP = { level: 4 } as const;

const compress = promisify(gzip);

export function createEncoder({ config, makeRecord, clock }: EncoderParts): Encode {
  const { protocol, compression } = config;
  const isJson = protocol === 'http/json';
  const { serializeRequest } = isJson ? JsonLogsSerializer : ProtobufLogsSerializer;
  const serialize = (records: ReadableLogRecord[]) => bytes(serializeRequest(records));

  return async (documents) => {
    const observedMs = clock.now();
    const plain = unlessTooDeep(() => {
      const serialized = serialize(documents.map((document) => makeRecord(document, observedMs)));
      return isJson && documents.some(mayHoldLargeInteger) ? withDoubles(serialized) : serialized;
    });
    if (plain === undefined) return { kind: 'unencodable', reason: 'it is nested too deeply to be written as OTLP' };
    const isPacked = compression === 'gzip';
    return {
      kind: 'request',
      request: {
        body: isPacked ? await compress(plain, GZIP) : plain,
        headers: { 'content-type': CONTENT_TYPE[protocol], ...(isPacked && { 'content-encoding': 'gzip' }) },
        plainBytes: plain.length,
      },
    };
  };
}

function bytes(serialized: Uint8Array | undefined): Uint8Array {
  if (serialized === undefined) throw new Error('bug: the serializer gives nothing');
  return serialized;
}
