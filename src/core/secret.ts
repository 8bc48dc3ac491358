import { Buffer } from 'node:buffer';
import { inspect } from 'node:util';

const MASK = '[secret]';

/** Anything shorter is no real key, and would be found, and masked, in texts that have nothing to do with it. */
const SHORTEST_SECRET = 6;

/** A value that can't print itself: not by string conversion, JSON, `console.log` or `util.inspect`. */
export class Secret {
  readonly #value: string;
  readonly #landmark: string;
  readonly #spelled: RegExp;
  readonly #encoded: readonly string[];
  readonly #signs: readonly string[];

  constructor(value: string) {
    this.#value = value;
    // Letters and digits are spelled alike everywhere: where this is not, no spelling of the whole is.
    this.#landmark = value
      .split(/[^A-Za-z0-9]+/)
      .reduce((longest, run) => (run.length > longest.length ? run : longest));
    this.#spelled = new RegExp([...value].map(spellings).join(''), 'g');
    this.#encoded = encodingsOf(value);
    this.#signs = [this.#landmark, ...withoutLonger(this.#encoded)];
  }

  /** For the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  /** Replaces the value, in every form in which a server may echo it, by a mark. */
  scrub(text: string): string {
    if (this.#value.length < SHORTEST_SECRET) return text;
    const readable = withoutNeedlessEscapes(text);
    if (!this.#signs.some((sign) => readable.includes(sign))) return text;
    const plain = readable.includes(this.#landmark) ? readable.replace(this.#spelled, MASK) : readable;
    return this.#encoded.reduce((clean, form) => (clean.includes(form) ? clean.replaceAll(form, MASK) : clean), plain);
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** JSON may spell letters by their numbers, which nobody needs to: the same JSON without. */
function withoutNeedlessEscapes(text: string): string {
  if (!/\\u00[2-7]/.test(text)) return text;
  return text.replace(/\\(?:u00([2-7][0-9a-fA-F])|[\s\S])/g, (written, code: string | undefined) => {
    const character = code === undefined ? '' : String.fromCharCode(Number.parseInt(code, 16));
    return /^[\x20-\x7e]$/.test(character) && !/["\\]/.test(character) ? character : written;
  });
}

/** Where a form is, every part of it is: pages, which hold nothing of it, are searched for the fewest. */
function withoutLonger(forms: readonly string[]): readonly string[] {
  return forms.filter((form) => !forms.some((other) => other !== form && form.includes(other)));
}

const HTML_NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** A character as itself, and as JSON (also within JSON), URLs and HTML may write it. */
function spellings(character: string): string {
  const literal = character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  if (/[A-Za-z0-9]/.test(character)) return literal;
  const code = character.codePointAt(0) ?? 0;
  const hex = eitherCase(code.toString(16).padStart(4, '0'));
  const percent = [...Buffer.from(character)]
    .map((byte) => `%(?:25)*${eitherCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
  const name = HTML_NAMES[character];
  const html = [`#0*${code}`, `#[xX]0*${hex}`, ...(name === undefined ? [] : [name])].join('|');
  return `(?:\\\\*${literal}|\\\\+u${hex}|${percent}|&(?:${html});)`;
}

function eitherCase(hex: string): string {
  return [...hex].map((digit) => `[${digit}${digit.toUpperCase()}]`).join('');
}

/** What only the value decides of its base64, wherever it stands in the text that was encoded; and hexadecimal. */
function encodingsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const inside = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  // As a whole where it stands alone, so that no half character stays.
  const base64 = [bytes.toString('base64').replace(/=+$/, ''), ...inside];
  const urlSafe = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = bytes.toString('hex');
  return [...new Set([...base64, ...urlSafe, hex, hex.toUpperCase()])]
    .filter((form) => form.length > 2)
    .sort((a, b) => b.length - a.length);
}
