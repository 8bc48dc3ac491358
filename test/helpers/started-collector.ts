import { type Collector, startCollector } from './collector.ts';
import { collectedRecords } from './collector-output.ts';
import { fileCollector } from './file-collector.ts';

export interface StartedCollector extends Collector {
  /** What has arrived, as JSON. */
  bodies(): Promise<readonly string[]>;
}

/** A Collector that writes into its own folder, which goes with it. Only where there is a binary. */
export async function startFileCollector(): Promise<StartedCollector> {
  const collector = await startCollector({ config: fileCollector('') });
  if (collector.kind === 'missing') throw new Error(collector.reason);
  return {
    ...collector,
    async bodies() {
      const bodies: string[] = [];
      for await (const { body } of collectedRecords(collector.folder)) bodies.push(JSON.stringify(body));
      return bodies;
    },
  };
}
