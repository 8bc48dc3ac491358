import { isJsonObject, type JsonValue, memberOf } from '../../core/json.ts';

/** The little that the source has to know of an answer; everything else is the transform's business. */
export interface EventsPage {
  readonly events: readonly JsonValue[];
  /** `null` if the answer carries none, in whatever way. */
  readonly cursor: string | null;
}

/** `undefined` if this is not a page of events at all. */
export function readEventsPage(body: JsonValue): EventsPage | undefined {
  if (!isJsonObject(body)) return undefined;
  const events = body['data'];
  if (!Array.isArray(events)) return undefined;
  return { events, cursor: readCursor(body['meta'], body['links']) };
}

/** `meta.next` first, then the cursor inside `links.next`. The link itself is never followed. */
function readCursor(meta: JsonValue | undefined, links: JsonValue | undefined): string | null {
  return nonEmpty(memberOf(meta, 'next')) ?? cursorOfLink(nonEmpty(memberOf(links, 'next')));
}

const LOOKS_LIKE_URL = /^https?:\/\/|\?/i;

/** A full or relative URL with `?cursor=`, or the bare cursor. */
function cursorOfLink(link: string | null): string | null {
  if (link === null || !LOOKS_LIKE_URL.test(link)) return link;
  const base = 'https://link.invalid/';
  return URL.canParse(link, base) ? nonEmpty(new URL(link, base).searchParams.get('cursor')) : null;
}

function nonEmpty(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.length > 0 ? value : null;
}

/** Atlassian's error codes in an error answer (`ADMIN-400-1`), and what it says about them. */
export interface ApiErrors {
  readonly codes: readonly string[];
  readonly text: string;
}

const MAX_TEXT = 300;

/** `errors[]` of the Organizations API, else a `message` as the gateway writes it, else the beginning of the text. */
export function readApiErrors(body: string): ApiErrors {
  const parsed = tryParse(body);
  const errors = memberOf(parsed, 'errors');
  if (Array.isArray(errors)) {
    const codes = errors.flatMap((error: JsonValue) => nonEmpty(memberOf(error, 'code')) ?? []);
    const texts = errors.flatMap(
      (error: JsonValue) => nonEmpty(memberOf(error, 'detail')) ?? nonEmpty(memberOf(error, 'title')) ?? [],
    );
    return { codes, text: shorten([...codes, ...texts].join(' ')) };
  }
  const message = nonEmpty(memberOf(parsed, 'message'));
  return { codes: [], text: shorten(message ?? body) };
}

function tryParse(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}
