import { writeSync } from 'node:fs';
import type { StandardOutput } from './stdout-exporter.ts';

/**
 * Standard output that was redirected into a file. Node's own stream takes a short write, as of a full disk, for a
 * whole one; this one goes on until every byte is written, and begins a new line after a write that failed half-way.
 */
export function createRegularStdout(fd: number): StandardOutput {
  let torn = false;

  function writeAll(text: string): void {
    const bytes = Buffer.from(torn ? `\n${text}` : text);
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(fd, bytes, written);
      torn = written < bytes.length;
    }
  }

  return {
    write(text, done) {
      try {
        writeAll(text);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      done();
    },
    on() {},
  };
}
