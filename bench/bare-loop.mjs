/**
 * What nobody can avoid: fetch the same pages with undici, parse them, write each event as a line. No order of commits,
 * no ids, no retries, no fsync. Plain JavaScript, as the package is. Arguments: address, organization, key, output file.
 */
import { open } from 'node:fs/promises';
import { fetch } from 'undici';

const [url, orgId, key, output] = process.argv.slice(2);
const endpoint = `${url}/admin/v1/orgs/${orgId}/events-stream`;
const headers = { authorization: `Bearer ${key}` };

async function get(query) {
  const response = await fetch(`${endpoint}?${query}&limit=500`, { headers });
  return response.json();
}

const file = await open(output, 'w');
let page = await get(`from=${Date.now() - 7 * 86_400_000}&sortOrder=asc`);
while (page.data.length > 0) {
  await file.write(page.data.map((event) => `${JSON.stringify(event)}\n`).join(''));
  page = await get(`cursor=${encodeURIComponent(page.meta.next)}`);
}
await file.close();
