import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { errorCode, errorMessage } from '../../src/core/errors.ts';
import { takeLock } from '../../src/state/lock.ts';

/** Zip files from Maven, with the checksums that they must have. */
const PARTS = {
  elasticsearch: {
    artifact: 'org.elasticsearch.distribution.integ-test-zip:elasticsearch:9.5.3:zip',
    sha256: 'bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d',
  },
  opensearch: {
    artifact: 'org.opensearch.distribution.integ-test-zip:opensearch:3.6.0:zip',
    sha256: 'a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286',
  },
} as const;

export type PartName = keyof typeof PARTS;

export type RealPart =
  /** Unpacked, to be used in place and not to be changed: others use it too. */
  { readonly kind: 'part'; readonly folder: string } | Missing;

export interface Missing {
  readonly kind: 'missing';
  readonly reason: string;
}

/** Outside of the work tree, so that clean clones find what others have fetched. */
const CACHE =
  process.env['ATLASSIAN_SHIPPER_PARTS'] ||
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'atlassian-shipper', 'parts');

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
const RUN_LIMIT_MS = 20 * 60_000;

const execute = promisify(execFile);

/**
 * A part as it is delivered, fetched the first time that a test asks for it. Where it can't be had, tests are skipped;
 * with `CI` set that is a failure instead. To be awaited at the top of a test file: there is no limit of time there.
 */
export async function realPart(name: PartName): Promise<RealPart> {
  return orMissing(name, async () => ({ kind: 'part', folder: await unpackedFolder(name) }) as const);
}

/** What tests can't do without: where it can't be had, they are skipped, or fail. */
export async function orMissing<T>(name: string, get: () => Promise<T>): Promise<T | Missing> {
  try {
    return await get();
  } catch (error) {
    const reason = `${name} can't be had: ${errorMessage(error)}`;
    if (process.env['CI']) throw new Error(reason, { cause: error });
    console.warn(`Tests are skipped, since ${reason}`);
    return { kind: 'missing', reason };
  }
}

const unpackedFolder = (name: PartName): Promise<string> =>
  cachedFolder(`${name}-${PARTS[name].sha256.slice(0, 12)}`, (work) => fetchTo(work, name));

/**
 * A folder of the cache, made by the first that asks; `make` gets an empty folder to work in and resolves to what is
 * kept of it. It is there when it is complete, and not before; what an interrupted one has left is cleared away.
 */
export async function cachedFolder(name: string, make: (work: string) => Promise<string>): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const release = await waitForLock(`${folder}.lock`);
  try {
    if (!existsSync(folder)) await makeFolder(folder, make);
    return folder;
  } finally {
    release();
  }
}

async function makeFolder(folder: string, make: (work: string) => Promise<string>): Promise<void> {
  const work = `${folder}.work`;
  await rm(work, { recursive: true, force: true });
  try {
    await mkdir(work, { recursive: true });
    await rename(await make(work), folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Of several processes one has the lock, the others wait for it. Resolves to what gives it back. */
export async function waitForLock(path: string): Promise<() => void> {
  const taken = new Error('taken');
  for (;;) {
    try {
      return takeLock(path, () => taken);
    } catch (error) {
      if (error !== taken) throw error;
    }
    await delay(500);
  }
}

async function fetchTo(work: string, name: PartName): Promise<string> {
  const unpacked = join(work, 'unpacked');
  await mkdir(unpacked);
  const zip = await download(work, PARTS[name].artifact);
  const sha256 = await sha256Of(zip);
  if (sha256 !== PARTS[name].sha256) throw new Error(`its SHA-256 is ${sha256} instead of ${PARTS[name].sha256}`);
  await unpack(zip, unpacked);
  return unpacked;
}

/** By Maven, which knows the mirrors and proxies of the machine; `-U`, since it also remembers what it did not find. */
async function download(work: string, artifact: string): Promise<string> {
  const target = join(work, 'zip');
  await run('mvn', ['-B', '-q', '-U', COPY, `-Dartifact=${artifact}`, `-DoutputDirectory=${target}`], work);
  const [file] = await readdir(target);
  if (file === undefined) throw new Error('Maven has fetched nothing');
  return join(target, file);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** `jar` comes with every JDK, which running the part takes anyway, but does not keep what is executable. */
async function unpack(zip: string, folder: string): Promise<void> {
  try {
    await run('unzip', ['-q', zip], folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await run('jar', ['xf', zip], folder);
  }
}

/** Says what the command has said, if it fails. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await execute(command, args, { cwd, timeout: RUN_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    // Maven tells on standard output what went wrong.
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout).slice(0, 1_000) : '';
    throw errorCode(error) === 'ENOENT' ? error : new Error(`${errorMessage(error)}\n${said}`, { cause: error });
  }
}
