import type { OutputFile } from './output-file.ts';

const CHUNK_BYTES = 65_536;
const LINE_END = 0x0a;
const OPENING_BRACE = 0x7b;

/** How long the file is up to and with its last line end: a process that died may have left half a line behind it. */
export async function lengthOfWholeLines(file: OutputFile): Promise<number> {
  for (let end = file.length; end > 0; end -= CHUNK_BYTES) {
    const start = Math.max(0, end - CHUNK_BYTES);
    const lineEnd = (await file.read(start, end - start)).lastIndexOf(LINE_END);
    if (lineEnd >= 0) return start + lineEnd + 1;
  }
  return 0;
}

/** Whether a line ends at this length, as it does wherever a page was settled. False beyond the end of the file. */
export async function endsLineAt(file: OutputFile, length: number): Promise<boolean> {
  if (length === 0) return true;
  const [last] = await file.read(length - 1, 1);
  return last === LINE_END;
}

/** Whether the file can be one of ours, rather than some other that the path names by mistake: then nothing is cut. */
export async function looksLikeDocuments(file: OutputFile): Promise<boolean> {
  if (file.length === 0) return true;
  const [first] = await file.read(0, 1);
  return first === OPENING_BRACE;
}
