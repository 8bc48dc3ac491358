/** Makes `dist/`: the sources as JavaScript with declarations and the status page, what the package and the image run. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
chmodSync('dist/cli/main.js', 0o755);
execFileSync(process.execPath, ['scripts/build-page.ts'], { stdio: 'inherit' });
