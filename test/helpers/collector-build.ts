import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { errorCode } from '../../src/core/errors.ts';
import { cachedFolder, type Missing, orMissing, run } from './real-parts.ts';

export type CollectorBinary =
  /** Takes `--config`, `validate --config` and so on. */
  { readonly kind: 'binary'; readonly path: string } | Missing;

const VERSION = '0.155.0';
/** Of the modules that have reached version 1, in the same release. */
const STABLE_VERSION = '1.61.0';

const CORE = 'go.opentelemetry.io/collector';
const CONTRIB = 'github.com/open-telemetry/opentelemetry-collector-contrib';

const gomod = (module: string, version = VERSION) => ({ gomod: `${module} v${version}` });

/** What is in it: of all there is only what the tests use, which builds in a minute or two. */
const MANIFEST = stringify({
  dist: { name: 'otelcol', module: 'localhost/otelcol', version: VERSION, output_path: './out' },
  receivers: [gomod(`${CORE}/receiver/otlpreceiver`)],
  exporters: [gomod(`${CORE}/exporter/otlphttpexporter`), gomod(`${CONTRIB}/exporter/fileexporter`)],
  extensions: [gomod(`${CONTRIB}/extension/storage/filestorage`)],
  providers: ['env', 'file', 'yaml'].map((name) => gomod(`${CORE}/confmap/provider/${name}provider`, STABLE_VERSION)),
});

/**
 * The OpenTelemetry Collector, built from source by `go` the first time that a test asks for it, or what `OTELCOL`
 * names. To be awaited at the top of a test file: there is no limit of time there.
 */
export async function collectorBinary(): Promise<CollectorBinary> {
  const given = process.env['OTELCOL'];
  if (given) return { kind: 'binary', path: given };
  const name = `otelcol-${VERSION}-${createHash('sha256').update(MANIFEST).digest('hex').slice(0, 12)}`;
  return orMissing('the Collector', async () => {
    return { kind: 'binary', path: join(await cachedFolder(name, build), 'otelcol') } as const;
  });
}

async function build(work: string): Promise<string> {
  const [sources, built] = [join(work, 'out'), join(work, 'built')];
  await mkdir(built);
  await generate(work, sources);
  // The builder leaves out what it could not tidy up; `mod` adds it.
  await run('go', ['build', '-mod=mod', '-trimpath', '-o', join(built, 'otelcol'), '.'], sources);
  return built;
}

/**
 * The builder ends by tidying up, which needs what only tests of its components import, and fails where that can't be
 * fetched. It has written all by then.
 */
async function generate(work: string, sources: string): Promise<void> {
  await writeFile(join(work, 'builder.yaml'), MANIFEST);
  try {
    await run('go', ['run', `${CORE}/cmd/builder@v${VERSION}`, '--config', 'builder.yaml', '--skip-compilation'], work);
  } catch (error) {
    const isWritten = ['main.go', 'go.mod'].every((name) => existsSync(join(sources, name)));
    if (errorCode(error) === 'ENOENT' || !isWritten) throw error;
  }
}
