import { z } from 'zod';
import { formatDuration, parseDuration } from './duration.ts';
import { parseTimestamp } from './timestamp.ts';

/**
 * The kinds of value that configuration is made of, so that every component's fragment reads alike.
 * They take text too where a number is meant: a value may come from `${VAR}` or from the environment.
 */

const NO_DURATION = 'is not a duration: write a number and ms, s, m, h or d, such as 30s';

export function duration(limits: { readonly minMs: number; readonly maxMs: number }) {
  return z
    .string({ error: NO_DURATION })
    .meta({ examples: ['30s', '10m', '24h', '7d'] })
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms === undefined) return refuse(context, NO_DURATION);
      if (ms < limits.minMs || ms > limits.maxMs) {
        return refuse(context, `must lie between ${formatDuration(limits.minMs)} and ${formatDuration(limits.maxMs)}`);
      }
      return ms;
    });
}

export function wholeNumber(limits: { readonly min: number; readonly max: number }) {
  return z
    .union([z.number(), z.string().regex(/^\d+$/, 'is not a whole number').transform(Number)])
    .pipe(z.number().int().min(limits.min).max(limits.max));
}

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|kB|MB|GB)$/i;
const NO_SIZE = 'is not a size: write a number and B, kB, MB or GB, such as 500MB';
const SIZE_BYTES: Readonly<Record<string, number>> = { b: 1, kb: 1_000, mb: 1_000_000, gb: 1_000_000_000 };

export function byteSize({ maxBytes = Number.MAX_SAFE_INTEGER }: { readonly maxBytes?: number } = {}) {
  return z
    .string({ error: NO_SIZE })
    .meta({ examples: ['500MB', '10GB'] })
    .transform((text, context) => {
      const [, amount, unit] = SIZE.exec(text.trim()) ?? [];
      const factor = SIZE_BYTES[unit?.toLowerCase() ?? ''];
      if (amount === undefined || factor === undefined) return refuse(context, NO_SIZE);
      const bytes = Math.round(Number(amount) * factor);
      if (bytes < 1) return refuse(context, 'must be at least one byte');
      return bytes <= maxBytes ? bytes : refuse(context, `must be at most ${maxBytes / 1_000_000} MB`);
    });
}

/** The parts of a list in one text; a comma too many makes none. */
export function commaSeparated(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The shortest exact form: `5MB`, `500kB`. */
export function formatByteSize(bytes: number): string {
  const units = [
    ['GB', 1_000_000_000],
    ['MB', 1_000_000],
    ['kB', 1_000],
  ] as const;
  const [unit, size] = units.find(([, factor]) => bytes % factor === 0) ?? ['B', 1];
  return `${bytes / size}${unit}`;
}

/**
 * Where a server is, without what it takes to get in: a URL is printed and logged. `hints` say where that belongs instead.
 */
export function serverUrl(hints: { readonly example: string; readonly credentials: string; readonly query: string }) {
  const parsed = (text: string) => (URL.canParse(text) ? new URL(text) : undefined);
  return (
    z
      .url({ protocol: /^https?$/, error: `is not a URL such as ${hints.example}` })
      .refine(
        (text) => !parsed(text)?.username && !parsed(text)?.password,
        `holds a user or a password: ${hints.credentials}`,
      )
      // Also an empty one, behind which a path would be appended.
      .refine((text) => !/[?#]/.test(text), `has a query or a fragment: ${hints.query}`)
  );
}

export function moment() {
  return z
    .string()
    .meta({ examples: ['2026-01-01T00:00:00Z'] })
    .transform((text, context) => {
      return parseTimestamp(text) ?? refuse(context, 'is not an ISO 8601 time such as 2026-01-01T00:00:00Z');
    });
}

function refuse(context: z.core.$RefinementCtx, message: string): never {
  context.issues.push({ code: 'custom', message, input: context.value });
  return z.NEVER;
}
