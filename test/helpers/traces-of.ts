import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The forms in which a secret may show, by name. */
function formsOf(secret: string): [string, string][] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const json = JSON.stringify(secret).slice(1, -1);
  const forms: [string, string][] = [
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in a form', new URLSearchParams({ k: secret }).toString().slice(2)],
    ['in JSON', json],
    ['in JSON with escaped slashes', json.replaceAll('/', '\\/')],
    ['in JSON within JSON', JSON.stringify(json).slice(1, -1)],
    ['in HTML', escapeHtml(secret)],
    ['in hexadecimal', hex],
    ['in HEXADECIMAL', hex.toUpperCase()],
    ...[0, 1, 2].map((shift): [string, string] => [`in base64, shifted by ${shift}`, base64Within(bytes, shift)]),
  ];
  return forms.flatMap(([name, form]) =>
    name.includes('base64')
      ? [
          [name, form],
          [`${name}, URL-safe`, urlSafe(form)],
        ]
      : [[name, form]],
  );
}

/** The characters of a base64 text that only the secret decides, wherever it stands in what was encoded. */
function base64Within(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Where a secret shows, and how. Texts are what was printed, by name; of folders every file is read. */
export function tracesOf(secret: string, texts: Readonly<Record<string, string>>, ...folders: readonly string[]) {
  const places = [...Object.entries(texts), ...folders.flatMap(filesIn)];
  return places.flatMap(([place, text]) =>
    formsOf(secret)
      .filter(([, form]) => text.includes(form))
      .map(([name]) => `${place}: ${name}`),
  );
}

function filesIn(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path, 'latin1')]);
}
