import { open } from 'node:fs/promises';

const CHUNK_BYTES = 65_536;
const LINE_END = 0x0a;

/** How long the file is up to and with its last line end: a process that died may have left half a line behind it. */
export async function lengthOfWholeLines(path: string): Promise<number> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let end = size; end > 0; end -= CHUNK_BYTES) {
      const start = Math.max(0, end - CHUNK_BYTES);
      const { bytesRead } = await handle.read(chunk, 0, end - start, start);
      const lineEnd = chunk.subarray(0, bytesRead).lastIndexOf(LINE_END);
      if (lineEnd >= 0) return start + lineEnd + 1;
    }
    return 0;
  } finally {
    await handle.close();
  }
}
