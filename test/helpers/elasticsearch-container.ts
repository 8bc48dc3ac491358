import { noteStarted } from './run-folder.ts';
import type { ServerRequest } from './search-client.ts';
import { type SearchServer, type Settings, untilUp } from './search-server.ts';
import type { ConfigFiles } from './server-folder.ts';

const IMAGE = 'docker.elastic.co/elasticsearch/elasticsearch:9.5.3';
const CONFIG_FOLDER = '/usr/share/elasticsearch/config';
const PORT = 9200;

export interface ContainerOptions {
  readonly settings: Settings;
  readonly configFiles: ConfigFiles;
  /** Of the user `elastic`. */
  readonly password: string;
  readonly scheme: 'http' | 'https';
  readonly hostPort: number;
  readonly requestTo: (url: string) => ServerRequest;
}

/** Nothing is fetched: an image that is not there counts as no engine. */
export async function hasContainerImage(): Promise<boolean> {
  try {
    const { getContainerRuntimeClient, ImageName } = await testcontainers();
    const { image } = await getContainerRuntimeClient();
    return await image.exists(ImageName.fromString(IMAGE));
  } catch {
    return false;
  }
}

/** Elastic's own image, which has all that the distribution from Maven lacks. */
export async function startContainer(options: ContainerOptions): Promise<Omit<SearchServer, 'configFolder'>> {
  const { GenericContainer, getContainerRuntimeClient, PullPolicy } = await testcontainers();
  const files = Object.entries(options.configFiles);
  const container = await new GenericContainer(IMAGE)
    // One that the engine chooses is another one after a restart.
    .withExposedPorts({ container: PORT, host: options.hostPort })
    .withEnvironment({
      ...asTexts(options.settings),
      ELASTIC_PASSWORD: options.password,
      ES_JAVA_OPTS: '-Xms700m -Xmx700m',
    })
    .withCopyContentToContainer(
      files.map(([name, content]) => ({ content, target: `${CONFIG_FOLDER}/${name}`, mode: 0o644 })),
    )
    .withPullPolicy(PullPolicy.neverPull())
    .withStartupTimeout(120_000)
    .start();
  const strikeOff = noteStarted({ kind: 'container', id: container.getId() });
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId());
  const url = `${options.scheme}://${container.getHost()}:${options.hostPort}`;
  const request = options.requestTo(url);
  await untilUp(request);
  return {
    url,
    kill: async () => void (await engine.kill()),
    async restart() {
      await engine.restart({ t: 0 });
      await untilUp(request);
    },
    async stop() {
      await engine.remove({ force: true, v: true });
      strikeOff();
    },
  };
}

/** Loaded only here: it is large. Its own cleaner is a further image; the end of the run cleans up instead. */
function testcontainers(): Promise<typeof import('testcontainers')> {
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  return import('testcontainers');
}

const asTexts = (settings: Settings): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
