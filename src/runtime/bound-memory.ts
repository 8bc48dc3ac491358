/**
 * By measurement (docs/performance.md): half the memory, and no slower. TurboFan takes some 70 MB for good when, minutes
 * into a run, it optimizes what Maglev had made just as fast for this work.
 */
const V8_LIMITS = ['--max-semi-space-size=4', '--heap-growing-percent=200', '--no-turbofan'];
/** glibc otherwise keeps freed memory apart for each thread. */
const ALLOCATOR_LIMITS = { MALLOC_ARENA_MAX: '1' };

/**
 * On a large machine V8 lets garbage grow to hundreds of megabytes before it cleans up; a shipper's pages need a few.
 * The limits can be set only when a process starts, so the process replaces itself once, keeping its id (`execve`).
 * Not on Windows, nor where someone has chosen limits, by `NODE_OPTIONS` or on the command line. ADR 0005.
 */
export function boundMemory(): void {
  const chosen = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' ');
  if (/semi-space-size|heap-growing-percent/.test(chosen) || process.platform === 'win32') return;
  const args = [process.execPath, ...V8_LIMITS, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, args, { ...ALLOCATOR_LIMITS, ...process.env });
}
