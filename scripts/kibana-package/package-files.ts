import { readFileSync } from 'node:fs';
import type { Item } from '../../src/setup/kibana/content.ts';
import { assetFiles } from './assets.ts';
import { ICON } from './icon.ts';
import { changelog, manifest } from './manifest.ts';
import { readme } from './readme.ts';
import { tagsFile } from './tags.ts';

/** Paths within the package, and what is in them. */
export type PackageFiles = ReadonlyMap<string, string>;

export function packageFiles(items: readonly Item[]): PackageFiles {
  return new Map([
    ['manifest.yml', manifest()],
    ['changelog.yml', changelog()],
    ['LICENSE.txt', readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8')],
    ['docs/README.md', readme(items)],
    ['img/icon.svg', ICON],
    ['kibana/tags.yml', tagsFile(items)],
    ...assetFiles(items).map(([path, object]) => [path, `${JSON.stringify(object, null, 2)}\n`] as const),
  ]);
}
