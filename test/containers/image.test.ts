import { randomBytes } from 'node:crypto';
import { Network } from 'testcontainers';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { compareIds } from '../helpers/output-ids.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { until } from '../helpers/until.ts';
import { containerEngine, docker, logsOf } from './engine.ts';
import {
  countWritten,
  newVolume,
  STATE_FOLDER,
  startShipper,
  startSimulatorIn,
  writtenBy,
} from './shipper-container.ts';
import { BASE, shipperImage } from './shipper-image.ts';

const MOST_BYTES = 75_000_000;
const EVENTS = 20_000;
const LIMIT_MS = 120_000;
/** The shipper's `drain_timeout`. */
const DRAIN_MS = 25_000;

const engine = await containerEngine();

if (engine.kind === 'missing') describe('the image', () => test.skip(engine.reason, () => {}));
else {
  const image = await shipperImage();
  const network = await new Network().start();
  const place = { image, network };
  const token = randomBytes(16).toString('hex');
  afterAll(async () => void (await network.stop()));

  describe('the image', () => {
    test('has a user that is known not to be root, one volume, a health check, and no shell in front', async () => {
      expect(await configOf(image)).toMatchObject({
        User: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
        Volumes: { [STATE_FOLDER]: {} },
        Entrypoint: ['node', '/opt/atlassian-shipper/dist/cli/main.js'],
        Healthcheck: { Test: ['CMD', 'node', '/opt/atlassian-shipper/dist/cli/main.js', 'healthcheck'] },
        Labels: { 'org.opencontainers.image.licenses': 'Apache-2.0' },
      });
    });

    test('adds 75 MB at most to its base', async () => {
      const [ours, base] = [await layerSizes(image), await layerSizes(BASE)];
      const added = ours.slice(0, ours.length - base.length).reduce((sum, bytes) => sum + bytes, 0);
      console.log(`the image adds ${(added / 1e6).toFixed(1)} MB to its base`);
      expect(added).toBeGreaterThan(1_000_000);
      expect(added).toBeLessThan(MOST_BYTES);
    });

    test('holds its bill of materials and licences, and nothing that only development takes', async () => {
      const inImage = (...command: string[]) => docker(['run', '--rm', '--entrypoint', '', image, ...command]);
      const files = (await inImage('find', '/opt/atlassian-shipper', '-type', 'f')).split('\n');
      expect(files).toContain('/opt/atlassian-shipper/node_modules/undici/LICENSE');
      const strays = /\.env$|\/secrets\/|\.map$|\.d\.ts$|\/tests?\/|\/node_modules\/(typescript|vitest)\//;
      expect(files.filter((file) => strays.test(file))).toEqual([]);
      const bill = await inImage('cat', '/opt/atlassian-shipper/sbom.cdx.json');
      for (const component of ['undici', 'zod', '@elastic/elasticsearch', '@opentelemetry/sdk-logs'])
        expect(bill).toContain(`"bom-ref": "${component}@`);
    });

    test('gets healthy on a read-only root, writes to its volume alone, and drains on SIGTERM', {
      timeout: LIMIT_MS,
    }, async () => {
      const run = { folder: tempFolder(), volume: await newVolume(), token };
      await startSimulatorIn(place, EVENTS);
      const first = await startShipper(place, run);
      await docker(['kill', '--signal', 'TERM', first.getId()]);
      const stopping = performance.now();
      expect(await docker(['wait', first.getId()])).toBe('0\n');
      expect(performance.now() - stopping).toBeLessThan(DRAIN_MS);
      // In the middle of the work, or it would show nothing.
      const written = deliveredAtEnd(await logsOf(first.getId()));
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThan(EVENTS);
      expect(await changesIn(first.getId())).toEqual([]);

      const second = await startShipper(place, run);
      await until('all is written', async () => (await countWritten(second)) >= EVENTS, LIMIT_MS);
      const cloud = await startSimulator({ backlog: EVENTS });
      onTestFinished(() => cloud.close());
      expect(compareIds(cloud.eventIds(), await writtenBy(second))).toEqual({
        served: EVENTS,
        written: EVENTS,
        missing: [],
        twice: [],
        unknown: [],
      });
    });

    test('shows no secret, neither by itself nor in a container that has some', async () => {
      const run = { folder: tempFolder(), volume: await newVolume(), token };
      const id = (await startShipper(place, run)).getId();
      const shown = [
        await docker(['inspect', image]),
        await docker(['history', '--no-trunc', image]),
        await docker(['inspect', id]),
        await docker(['exec', id, 'env']),
        await logsOf(id),
      ].join('\n');
      expect(shown).not.toContain(token);
      expect(shown).not.toContain('simulator-api-key');
      const { Env: variables } = await configOf(image);
      expect(String(variables)).not.toMatch(/KEY|TOKEN|PASSWORD|SECRET/i);
    });
  });
}

async function configOf(image: string): Promise<Record<string, unknown>> {
  return JSON.parse(await docker(['inspect', '--format', '{{json .Config}}', image]));
}

/** The newest layer first. Uncompressed, whatever the engine stores. */
async function layerSizes(image: string): Promise<readonly number[]> {
  const sizes = await docker(['history', '--human=false', '--format', '{{.Size}}', image]);
  return sizes.trim().split('\n').map(Number);
}

/** The totals are in the last line of a shipper that was stopped in order. */
function deliveredAtEnd(log: string): number {
  const last = JSON.parse(log.trim().split('\n').at(-1) ?? '');
  if (last.message !== 'Stopped') throw new Error(`the last line is ${JSON.stringify(last)}`);
  return last.labels.delivered;
}

/** What a container has made or changed outside of its volumes; the engine itself makes the places to mount at. */
async function changesIn(container: string): Promise<readonly string[]> {
  const changes = (await docker(['diff', container])).split('\n');
  return changes.filter((change) => change !== '' && !/ \/run(\/|$)/.test(change));
}
