import {
  chmodSync,
  chownSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Neither server runs as root; `nobody` does it then. Otherwise it is who runs the tests. */
export const SERVER_USER = process.getuid?.() === 0 ? 65_534 : undefined;

export type ConfigFiles = Readonly<Record<string, string>>;

export interface ServerFolder {
  readonly folder: string;
  readonly home: string;
  readonly config: string;
  readonly data: string;
  readonly logs: string;
  readonly temp: string;
}

/** Whole or not at all, also for a server that looks again and again, and readable for it. */
export function writeConfig(folder: string, files: ConfigFiles): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text);
    handOver(`${path}.new`);
    renameSync(`${path}.new`, path);
  }
}

/** A folder of its own, with the distribution and its usual configuration in it. */
export function makeServerFolder(name: string, distribution: string): ServerFolder {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `atlassian-shipper-${name}-`));
  const inside = (part: string) => join(folder, part);
  const home = inside('home');
  const config = inside('config');
  linkFolder(distribution, home);
  copyConfig(join(distribution, 'config'), config);
  const [data, logs, temp] = [inside('data'), inside('logs'), inside('temp')];
  // OpenSearch writes the log of its garbage collector below its home, wherever the others go.
  const written = [data, logs, temp, join(home, 'logs')];
  for (const path of written) mkdirSync(path, { recursive: true });
  for (const path of [folder, config, join(config, 'jvm.options.d'), ...written]) handOver(path);
  return { folder, home, config, data, logs, temp };
}

/**
 * The cache may be where another user can't go. Links take no time, as copies of 200 MB do; across file systems there
 * are none.
 */
function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  handOver(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
    chmodSync(target, 0o755);
  }
}

/** Copies, not links: the delivered files are closed to others. */
function copyConfig(from: string, to: string): void {
  mkdirSync(join(to, 'jvm.options.d'), { recursive: true });
  const files = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isFile());
  writeConfig(to, Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(from, name), 'utf8')])));
}

function handOver(path: string): void {
  if (SERVER_USER !== undefined) chownSync(path, SERVER_USER, SERVER_USER);
}
