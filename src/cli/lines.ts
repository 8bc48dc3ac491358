import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of NDJSON, without their ends. Only a line feed ends a line: node:readline also takes U+2028 for one,
 * which JSON allows inside of a text.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  for await (const chunk of input) {
    const pieces = decoder.write(chunk).split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      parts.push(piece);
      yield parts.join('');
      parts = [];
    }
    parts.push(last);
  }
  parts.push(decoder.end());
  const rest = parts.join('');
  if (rest !== '') yield rest;
}
