import { Buffer } from 'node:buffer';
import { inspect } from 'node:util';

const MASK = '[secret]';

/** A value that can't print itself: not by string conversion, JSON, `console.log` or `util.inspect`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** For the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  /** Replaces the value, in every form in which a server may echo it, by a mark. */
  scrub(text: string): string {
    return this.#forms().reduce((clean, form) => (clean.includes(form) ? clean.replaceAll(form, MASK) : clean), text);
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

  /** Longest first, so that a form that contains another goes as a whole. */
  #forms(): string[] {
    const bytes = Buffer.from(this.#value);
    const forms = [this.#value, encodeURIComponent(this.#value), JSON.stringify(this.#value).slice(1, -1)];
    const encoded = [bytes.toString('base64'), bytes.toString('base64url')].map((form) => form.replace(/=+$/, ''));
    return [...new Set([...forms, ...encoded])].filter((form) => form.length > 0).sort((a, b) => b.length - a.length);
  }
}
