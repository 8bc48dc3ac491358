import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, PageFile } from '../server/page-routes.ts';

/** Beside the compiled server, or where the build puts it when the sources run. */
const PLACES = ['../page', '../../dist/page'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The built status page, in memory; `undefined` where it was not built. */
export function loadPage(): Page | undefined {
  const folder = PLACES.find((place) => existsSync(join(place, 'index.html')) && !existsSync(join(place, 'main.tsx')));
  if (folder === undefined) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const page = new Map<string, PageFile>();
  for (const { parentPath, name } of files) {
    const type = TYPES[extname(name)];
    const path = join(parentPath, name).slice(folder.length).replaceAll('\\', '/');
    if (type !== undefined) page.set(path === '/index.html' ? '/' : path, file(join(parentPath, name), type));
  }
  return page;
}

function file(path: string, type: string): PageFile {
  return { type, bytes: readFileSync(path) };
}
