import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type JsonObject, stringifyJson } from '../../src/core/json.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { docker } from './engine.ts';

/** docker-compose.yml, run under a name, with secrets and at ports of its own. Taken down when the running test ends. */
export interface ComposeProject {
  /** `docker compose` with these arguments: what it has written to standard output. */
  run(...args: readonly string[]): Promise<string>;
  /** Files of the secrets are in here. */
  readonly secrets: string;
  /** Changes for all calls to come. JSON is YAML. */
  override(changes: JsonObject): void;
  urlOf(service: string, port: number): Promise<string>;
}

export interface ComposeOptions {
  readonly image: string;
  readonly profiles?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What a developer has set for a shipper of his own is none of ours. */
const NOT_OURS = /^(ATLASSIAN|ELASTICSEARCH|KIBANA|SHIPPER|SIMULATOR|OTEL|COMPOSE)_/;

export function composeProject({ image, profiles = [], env = {} }: ComposeOptions): ComposeProject {
  const folder = tempFolder();
  const secrets = tempFolder();
  const overrides = join(folder, 'override.yml');
  const kept = Object.entries(process.env).filter(([name]) => !NOT_OURS.test(name));
  const environment = {
    ...Object.fromEntries(kept),
    SHIPPER_IMAGE: image,
    SHIPPER_SECRETS_DIR: secrets,
    // Any that are free.
    ELASTICSEARCH_PORT: '0',
    KIBANA_PORT: '0',
    SHIPPER_PORT: '0',
    SHIPPER_OTEL_PORT: '0',
    ...env,
  };
  const start = [
    ...['compose', '--project-name', `shipper-test-${randomBytes(5).toString('hex')}`],
    // Not the one of whoever works here.
    ...['--env-file', '/dev/null'],
    ...['--file', 'docker-compose.yml', '--file', overrides],
  ];
  const override = (changes: JsonObject) => writeFileSync(overrides, stringifyJson(changes));
  const compose = (used: readonly string[], args: readonly string[]) =>
    docker([...start, ...used.flatMap((profile) => ['--profile', profile]), ...args], { env: environment });

  override({ services: {} });
  onTestFinished(async () => {
    await compose(['*'], ['down', '--volumes', '--remove-orphans', '--timeout', '5']);
  }, 120_000);
  return {
    run: (...args) => compose(profiles, args),
    secrets,
    override,
    async urlOf(service, port) {
      return `http://${(await compose(profiles, ['port', service, `${port}`])).trim()}`;
    },
  };
}
