/** A text as a person reads it, its escapes undone, with the places where each of its units stands in the text. */
export interface View {
  readonly text: string;
  startOf(at: number): number;
  endOf(at: number): number;
}

/** What URLs, JSON within JSON, and HTML write in place of a character; each alternative is one character. */
const ESCAPE = new RegExp(
  [
    '%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}',
    String.raw`\\u[0-9a-f]{4}|\\["\\/bfnrt]`,
    '&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});|&(?:amp|lt|gt|quot|apos);',
  ].join('|'),
  'gi',
);
const HINT = /[%\\&]/;

/** Escapes of escapes (`%2540`) are undone too, as often as that. */
const ROUNDS = 3;

export function viewOf(text: string): View {
  let view: View = { text, startOf: (at) => at, endOf: (at) => at + 1 };
  for (let round = 0; round < ROUNDS && HINT.test(view.text); round += 1) {
    const next = unescaped(view);
    if (next.text === view.text) return view;
    view = next;
  }
  return view;
}

function unescaped(before: View): View {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const copy = (from: number, to: number) => {
    parts.push(before.text.slice(from, to));
    for (let at = from; at < to; at += 1) {
      starts.push(before.startOf(at));
      ends.push(before.endOf(at));
    }
  };
  let done = 0;
  for (const match of before.text.matchAll(ESCAPE)) {
    copy(done, match.index);
    done = match.index + match[0].length;
    const character = meant(match[0]);
    parts.push(character);
    for (let unit = 0; unit < character.length; unit += 1) {
      starts.push(before.startOf(match.index));
      ends.push(before.endOf(done - 1));
    }
  }
  copy(done, before.text.length);
  return { text: parts.join(''), startOf: (at) => starts[at] ?? 0, endOf: (at) => ends[at] ?? 0 };
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ...([
    ['&amp;', '&'],
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&apos;', "'"],
  ] as const),
]);

function meant(written: string): string {
  if (written.startsWith('%')) return percentDecoded(written);
  if (/^\\u/i.test(written)) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
  if (written.startsWith('\\')) return /["\\/]/.test(written.slice(1)) ? written.slice(1) : ' ';
  const named = NAMED.get(written.toLowerCase());
  if (named !== undefined) return named;
  const digits = written.slice(2, -1);
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

function percentDecoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
