import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyJson } from '../src/core/json.ts';
import { type OwnElasticsearch, startElasticsearch } from '../test/helpers/elasticsearch.ts';
import { elasticsearchDestination } from '../test/helpers/elasticsearch-destination.ts';
import { MAIN } from './measure-process.ts';
import { useOwnRunFolder } from './own-run-folder.ts';

/** As a server in service: warm code is compiled by the better compiler, and the heap is what such a machine gives. */
const JVM_OPTIONS = ['-XX:TieredStopAtLevel=4', '-Xms2g', '-Xmx2g'];

export interface RealElasticsearch {
  readonly server: OwnElasticsearch;
  /** For files of this run. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A server of its own with our assets, as `setup` installs them; gone with this process, however that ends. */
export async function startRealElasticsearch(): Promise<RealElasticsearch> {
  const folder = useOwnRunFolder();
  const server = await startElasticsearch({ jvmOptions: JVM_OPTIONS });
  if (server.kind === 'missing') throw new Error(server.reason);
  await installAssets(server, folder);
  return { server, folder, stop: () => server.stop() };
}

async function installAssets(server: OwnElasticsearch, folder: string): Promise<void> {
  const assets = join(folder, 'assets');
  await server.adapt('mappings', join(assets, 'mappings'));
  await server.adapt('pipelines', join(assets, 'pipelines'));
  const config = join(folder, 'setup.json');
  const { exporters } = elasticsearchDestination(server, 'none').config;
  const source = { type: 'organization_audit', org_id: 'none', api_key: 'none' };
  writeFileSync(config, stringifyJson({ sources: [source], exporters: exporters ?? {} }));
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'setup', '--config', config, '--assets', assets], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`setup ended with ${status}: ${stderr}`);
}
