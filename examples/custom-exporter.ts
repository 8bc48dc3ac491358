/**
 * An exporter of your own behind the same data path: read, transformed, retried, settled and committed like any other.
 * It counts documents by category. Run it with the Node 24 that `npm ci` brings: `node_modules/.bin/node examples/custom-exporter.ts`.
 * In a project of yours, import from 'atlassian-shipper' instead.
 */
import {
  createConfiguredParts,
  createMemoryState,
  createMetrics,
  createShipper,
  DELIVERED,
  documentFields,
  type Exporter,
  isJsonObject,
  type JsonValue,
  type Log,
  loadConfig,
} from '../src/index.ts';
import { startSimulator } from '../src/simulator/simulator.ts';

/** A destination is one object. Outcomes are values; a document that should be tried again is `retryable`. */
class CategoryCounter implements Exporter {
  readonly name = 'category-counter';
  readonly limits = { maxDocuments: 200, maxBytes: 1_000_000 };
  readonly progress = undefined;
  readonly counts = new Map<string, number>();
  #busy = true;

  async check() {
    return { kind: 'ok', detail: 'It counts in memory.' } as const;
  }

  async export(batch: Parameters<Exporter['export']>[0]) {
    if (this.#busy) {
      this.#busy = false;
      const problem = { code: 'busy', message: 'The counter is busy.', remedy: 'It is free in a moment.' };
      return batch.map(() => ({ kind: 'retryable', problem, retryAfterMs: 100, answerLost: false }) as const);
    }
    for (const { document } of batch) this.#count(categoryOf(documentFields(document)['event']));
    return batch.map(() => DELIVERED);
  }

  async close() {}

  #count(category: string) {
    this.counts.set(category, (this.counts.get(category) ?? 0) + 1);
  }
}

function categoryOf(event: JsonValue | undefined): string {
  const categories = isJsonObject(event) ? event['category'] : undefined;
  return Array.isArray(categories) ? String(categories[0]) : 'none';
}

// A simulated organization stands in for yours.
const simulator = await startSimulator({ backlog: 2_000 });
const env = {
  ATLASSIAN_API_URL: simulator.url,
  ATLASSIAN_ORG_ID: simulator.orgId,
  ATLASSIAN_API_KEY: simulator.apiKey.reveal(),
  SHIPPER_LOOKBACK: '7d',
  SHIPPER_FILE_PATH: '-',
};
const log: Log = { debug() {}, info() {}, warn: console.warn, error: console.error };
const config = loadConfig({ file: undefined, env });
const { routes } = await createConfiguredParts({ config, version: 'example', log, metrics: createMetrics() });

const counter = new CategoryCounter();
const shipper = createShipper({ routes, exporters: [counter], state: createMemoryState(), log });
await shipper.run({ once: true, stop: new AbortController().signal });
await shipper.close();
await simulator.close();

const total = [...counter.counts.values()].reduce((sum, count) => sum + count, 0);
console.log(`${total} documents`);
for (const [category, count] of counter.counts) console.log(`${category}: ${count}`);
