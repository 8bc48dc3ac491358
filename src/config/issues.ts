import type { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import { EXPORTER_HINT } from './schema.ts';

/** Something wrong at a place in the configuration. */
export interface ConfigIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** How a place is called: by its path in a file, or by the variable that fills it. */
export type PathName = (path: readonly PropertyKey[]) => string;

/** One error that lists them all. */
export function invalid(headline: string, issues: readonly ConfigIssue[], name: PathName): ConfigError {
  const lines = issues.map(({ path, message }) => `  ${path.length === 0 ? '' : `${name(path)}: `}${message}`);
  return new ConfigError([`${headline}:`, ...new Set(lines)].join('\n'));
}

export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** zod's own words are for developers; these are what people meet. */
export function readable(issue: z.core.$ZodIssue): ConfigIssue[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known key' }));
    case 'invalid_type':
      return [
        {
          path,
          message: issue.input === undefined ? missing(path) : wrongKind(issue),
        },
      ];
    case 'invalid_union':
      return unionIssues(issue);
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? issue.message }];
    case 'too_small':
      return [{ path, message: isOwnWord(issue) ? tooSmall(issue) : issue.message }];
    case 'too_big':
      return [{ path, message: isOwnWord(issue) ? tooBig(issue) : issue.message }];
    case 'invalid_value':
      return [{ path, message: issue.input === undefined ? missing(path) : wrongValue(issue) }];
    default:
      return [{ path, message: issue.message }];
  }
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a set of keys and values',
  record: 'a set of names and values',
  array: 'a list',
  string: 'text: put it in quotes',
  number: 'a number',
  int: 'a whole number',
};

function wrongKind({ expected, message }: z.core.$ZodIssueInvalidType): string {
  return isZods(message) ? `must be ${KINDS[expected] ?? expected}` : message;
}

function wrongValue({ values, message }: z.core.$ZodIssueInvalidValue): string {
  return isZods(message) ? `must be one of ${values.join(', ')}` : message;
}

/** Whether the message is zod's, not one that the schema gives. */
function isZods(message: string): boolean {
  return /^(Invalid|Too) /.test(message);
}

function missing(path: readonly PropertyKey[]): string {
  return pathText(path) === 'exporters' ? EXPORTER_HINT : 'is missing';
}

/** What the value came closest to: an alternative that only dislikes its form, not its type. */
function unionIssues(issue: z.core.$ZodIssueInvalidUnion): ConfigIssue[] {
  const closest = issue.errors.flat().find(({ code }) => code !== 'invalid_type');
  if (closest === undefined) return [{ path: issue.path, message: issue.message }];
  return readable({ ...closest, path: [...issue.path, ...closest.path] });
}

/** Of numbers the schema gives none. */
function isOwnWord({ origin, message }: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): boolean {
  return origin === 'number' || isZods(message);
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'number') return `must be at least ${minimum}`;
  return Number(minimum) <= 1 ? 'must not be empty' : `must hold at least ${minimum} ${unitOf(origin)}`;
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  return origin === 'number' ? `must be at most ${maximum}` : `may hold at most ${maximum} ${unitOf(origin)}`;
}

function unitOf(origin: string): string {
  return origin === 'string' ? 'characters' : 'entries';
}
