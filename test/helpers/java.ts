import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Missing, orMissing } from './real-parts.ts';

/** What both servers run on. */
const OLDEST_MAJOR = 21;

/** Where Linux distributions put them side by side; the one on the path may be an older one. */
const USUAL_FOLDER = '/usr/lib/jvm';

const execute = promisify(execFile);

/** A Java that is new enough; where there is none, tests are skipped, or fail where `CI` is set. */
export function realJava(): Promise<{ readonly kind: 'java'; readonly home: string } | Missing> {
  return orMissing('Java', async () => ({ kind: 'java', home: await javaHome() }) as const);
}

async function javaHome(): Promise<string> {
  const seen: string[] = [];
  for (const home of possibleHomes()) {
    const major = await majorVersion(home);
    if (major >= OLDEST_MAJOR) return home;
    seen.push(home);
  }
  const instead = seen.length === 0 ? '' : ` (older, or broken: ${seen.join(', ')})`;
  throw new Error(`no Java ${OLDEST_MAJOR} or newer is installed${instead}; set JAVA_HOME`);
}

function possibleHomes(): string[] {
  const told = process.env['JAVA_HOME'];
  const onPath = homeOnPath();
  const beside = [USUAL_FOLDER, ...(onPath === undefined ? [] : [dirname(onPath)])].flatMap(foldersIn);
  const homes = [told ?? '', onPath ?? '', ...beside].filter((home) => home !== '');
  return [...new Set(homes)].filter((home) => existsSync(join(home, 'bin', 'java')));
}

/** `java` on the path is a link, at the end of which is `<home>/bin/java`. */
function homeOnPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const java = folders.map((folder) => join(folder, 'java')).find((path) => existsSync(path));
  return java === undefined ? undefined : dirname(dirname(realpathSync(java)));
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** 0 where it does not run. */
async function majorVersion(home: string): Promise<number> {
  try {
    const { stderr } = await execute(join(home, 'bin', 'java'), ['-version']);
    return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
