import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cachedFolder, type Missing, orMissing, run } from './real-parts.ts';

export type DebianCommand = { readonly kind: 'command'; readonly path: string } | Missing;

/** A command that is on the path, or else of a Debian package, which is unpacked into the cache and not installed. */
export async function debianCommand(name: string, debianPackage: string): Promise<DebianCommand> {
  return orMissing(name, async () => {
    const installed = onPath(name);
    if (installed !== undefined) return { kind: 'command', path: installed } as const;
    const folder = await cachedFolder(`debian-${debianPackage}`, (work) => unpacked(work, debianPackage));
    return { kind: 'command', path: join(folder, 'usr', 'bin', name) } as const;
  });
}

/**
 * One that needs the libraries of many other packages, so that only installing helps. That is done where it can do no harm,
 * in CI as root; elsewhere it is up to whoever owns the machine.
 */
export async function installedCommand(name: string, debianPackage: string): Promise<DebianCommand> {
  return orMissing(name, async () => {
    if (onPath(name) === undefined && process.env['CI'] && process.getuid?.() === 0) {
      await promisify(execFile)('apt-get', ['install', '-y', '--no-install-recommends', debianPackage]);
    }
    const installed = onPath(name);
    if (installed === undefined)
      throw new Error(`install the package ${debianPackage} ("apt-get install ${debianPackage}")`);
    return { kind: 'command', path: installed } as const;
  });
}

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

async function unpacked(work: string, debianPackage: string): Promise<string> {
  await run('apt-get', ['download', debianPackage], work);
  const [file = ''] = (await readdir(work)).filter((name) => name.endsWith('.deb'));
  const folder = join(work, 'unpacked');
  await run('dpkg-deb', ['--extract', join(work, file), folder], work);
  return folder;
}
