/**
 * What nobody can avoid: bulk the same documents with the official client, a page at a time, one after the other. They
 * are ready in memory before the clock starts. No reading, no transform, no state, no retries. Plain JavaScript, as the
 * package is. Arguments: a file with the options.
 */
import { readFileSync } from 'node:fs';
import { Client } from '@elastic/elasticsearch';

const { url, username, password, documents, dataStream, batch, compression } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
const lines = readFileSync(documents, 'utf8').trimEnd().split('\n');
const batches = [];
for (let start = 0; start < lines.length; start += 2 * batch) batches.push(lines.slice(start, start + 2 * batch));

const startedMs = Number(process.hrtime.bigint()) / 1e6;
const before = process.resourceUsage();
const client = new Client({ node: url, auth: { username, password }, compression, maxRetries: 0 });
for (const operations of batches) {
  const { errors, items } = await client.bulk({
    index: dataStream,
    require_data_stream: true,
    pipeline: '_none',
    operations,
  });
  if (errors || 2 * items.length !== operations.length) throw new Error('documents were refused');
}
await client.close();
const after = process.resourceUsage();
const cpuTime = (usage) => usage.userCPUTime + usage.systemCPUTime;
const endedMs = Number(process.hrtime.bigint()) / 1e6;
const result = { wallSeconds: (endedMs - startedMs) / 1e3, cpuSeconds: (cpuTime(after) - cpuTime(before)) / 1e6 };
process.stdout.write(JSON.stringify(result));
