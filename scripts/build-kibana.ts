/**
 * Writes what is installed into Kibana by hand into dist-kibana/, or another folder (`--out`): a file for *Saved Objects >
 * Import*, one for *Rules > Import*, and the content package for *Integrations*. With `--record`, at a release, also notes
 * what is shipped, so that later versions of `setup` know it for ours.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadContent } from '../src/setup/kibana/content.ts';
import { rulesNdjson, savedObjectsNdjson } from '../src/setup/kibana/ndjson.ts';
import { packageFiles } from './kibana-package/package-files.ts';
import { PACKAGE_NAME, packageVersion } from './kibana-package/package-version.ts';
import { record } from './kibana-package/record.ts';
import { zipFiles } from './kibana-package/zip.ts';

const { values } = parseArgs({
  options: {
    content: { type: 'string', default: 'kibana' },
    out: { type: 'string', default: 'dist-kibana' },
    record: { type: 'boolean', default: false },
  },
});

const items = loadContent(values.content);
const name = `${PACKAGE_NAME}-${packageVersion()}`;
// A package has one folder in its zip, named like it.
const files = new Map([...packageFiles(items)].map(([path, text]) => [`${name}/${path}`, text]));

rmSync(values.out, { recursive: true, force: true });
for (const [path, text] of files) write(path, text);
write(`${name}.zip`, zipFiles(files));
write('atlassian-shipper-saved-objects.ndjson', savedObjectsNdjson(items));
write('atlassian-shipper-rules.ndjson', rulesNdjson(items));
if (values.record) record(items);
console.log(`${values.out}: ${name}.zip, atlassian-shipper-saved-objects.ndjson, atlassian-shipper-rules.ndjson`);

function write(path: string, content: string | Uint8Array): void {
  const file = join(values.out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
