/**
 * By measurement (docs/performance.md). The old generation may grow by little between collections: a page that is caught
 * half-way by one looks alive, and a limit that is a multiple of it would then let garbage grow by 70 MB for good.
 */
const V8_LIMITS = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--heap-growing-percent=110',
  '--no-parallel-scavenge',
  '--no-turbofan',
];
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
