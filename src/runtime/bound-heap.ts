/**
 * On a large machine V8 lets its young generation grow to more than 100 MB before it cleans up; a shipper's pages need
 * a few. The limit can be set only when a process starts, so the process replaces itself once, keeping its id
 * (`execve`). Not on Windows, nor where someone chose a limit. ADR 0005.
 */
export function boundYoungGeneration(): void {
  const chosen = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((option) => option.includes(FLAG));
  if (chosen || process.platform === 'win32' || process.execve === undefined) return;
  const args = [process.execPath, `${FLAG}=${LIMIT_MB}`, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, args, process.env);
}

const FLAG = '--max-semi-space-size';
/** By measurement: larger is no faster, see docs/performance.md. */
const LIMIT_MB = 4;
