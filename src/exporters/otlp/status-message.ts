import { PbfReader } from 'pbf';
import { memberOf, parseJson } from '../../core/json.ts';

/** `Status.message`, https://github.com/googleapis/googleapis, google/rpc/status.proto */
const MESSAGE = 2;

/** What a receiver says beside a status that is not 200: a `Status`, in the encoding of the request, or whatever it has. */
export function statusMessage(body: Buffer, contentType: string | undefined): string {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  try {
    if (type === 'application/x-protobuf') return new PbfReader(body).readFields(readStatus, { message: '' }).message;
    if (type === 'application/json') return messageIn(body.toString('utf8'));
  } catch {
    // Whatever it is, it is no Status.
    return '';
  }
  return type === 'text/plain' ? body.toString('utf8') : '';
}

function readStatus(field: number, status: { message: string }, reader: PbfReader): void {
  if (field === MESSAGE) status.message = reader.readString();
}

function messageIn(json: string): string {
  const message = memberOf(parseJson(json), 'message');
  return typeof message === 'string' ? message : '';
}
