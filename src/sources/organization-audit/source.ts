import type { Clock } from '../../core/clock.ts';
import type { Page } from '../../core/page.ts';
import type { CheckOutcome, PageOutcome, Source } from '../../core/source.ts';
import type { ApiAnswer, OrganizationClient } from './client.ts';
import type { OrganizationAuditConfig } from './config.ts';
import { createCursorMemory } from './cursor-memory.ts';
import {
  type AuditPosition,
  advance,
  firstPosition,
  forgetCursor,
  readPosition,
  resumeFromMs,
  type Step,
  writePosition,
} from './position.ts';
import { SILENCE_REMEDY } from './problems.ts';
import { type EventsPage, readEventsPage } from './schema.ts';
import { newestMoment, reachedMoment, toSourceEvent } from './to-source-event.ts';

export interface OrganizationAuditParts {
  readonly config: OrganizationAuditConfig;
  readonly client: OrganizationClient;
  readonly clock: Clock;
}

/** A page size that every version of the API takes. */
const SAFE_PAGE_SIZE = 200;
const CHECK_WINDOW_MS = 86_400_000;

/** Reads `GET /admin/v1/orgs/{orgId}/events-stream`, oldest first: https://developer.atlassian.com/cloud/admin/organization/ */
export function createOrganizationAuditSource({ config, client, clock }: OrganizationAuditParts): Source {
  const cursors = createCursorMemory();
  let pageSize = config.pageSize;

  /** `from` once, then the cursor, which carries order and bounds; the limit goes along so that pages stay full. */
  function parametersFor(position: AuditPosition): Record<string, string> {
    const limit = String(pageSize);
    if (position.cursor !== null) return { cursor: position.cursor, limit };
    return { from: String(resumeFromMs(position, config.overlapMs)), sortOrder: 'asc', limit };
  }

  function getEvents(
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ApiAnswer<EventsPage>> {
    return client.get({ resource: 'events-stream', parameters, read: readEventsPage }, signal);
  }

  async function ask(position: AuditPosition, signal: AbortSignal): Promise<ApiAnswer<EventsPage>> {
    const answer = await getEvents(parametersFor(position), signal);
    if (answer.kind !== 'request-refused' || pageSize <= SAFE_PAGE_SIZE) return answer;
    const askedFor = pageSize;
    pageSize = SAFE_PAGE_SIZE;
    const smaller = await getEvents(parametersFor(position), signal);
    // Refused again: it was not the page size.
    if (smaller.kind === 'request-refused') pageSize = askedFor;
    return smaller;
  }

  function toPage(before: AuditPosition, { events: raw, cursor }: EventsPage): Page {
    const events = raw.map(toSourceEvent);
    const reachedMs = reachedMoment(events, clock.now());
    const cursorRepeats = cursor !== null && cursors.asked(cursor);
    const step = advance(
      before,
      { events: events.length, reachedMs, cursor, cursorRepeats },
      { nowMs: clock.now(), overlapMs: config.overlapMs },
    );
    return { events, ...where(step, newestMoment(events)) };
  }

  function where({ position, caughtUp }: Step, newestMs = position.watermarkMs) {
    const ledger = {
      // Never below an event of the page, even one that claims to come from the future.
      mark: Math.max(position.watermarkMs, newestMs),
      forgetBelow: position.rememberedFromMs,
    };
    return { next: writePosition(position), caughtUp, ledger };
  }

  return {
    name: config.name,
    pollIntervalMs: config.pollIntervalMs,

    firstPosition(nowMs) {
      const startMs = config.start.kind === 'from' ? config.start.epochMs : nowMs - config.start.ms;
      return writePosition(firstPosition(Math.max(0, startMs)));
    },

    async nextPage(stored, signal): Promise<PageOutcome> {
      const position = readPosition(stored);
      cursors.ask(position.cursor);
      const answer = await ask(position, signal);
      switch (answer.kind) {
        case 'body':
          return { kind: 'page', page: toPage(position, answer.body) };
        case 'cursor-refused':
        case 'request-refused':
          // Whatever the API dislikes about a cursor, going on without it loses nothing; asking again with it might for ever.
          if (position.cursor !== null) return { kind: 'page', page: { events: [], ...where(forgetCursor(position)) } };
          return { kind: 'permanent', problem: answer.problem };
        case 'transient':
        case 'permanent':
          return answer;
      }
    },

    async check(signal): Promise<CheckOutcome> {
      const from = String(clock.now() - CHECK_WINDOW_MS);
      const answer = await getEvents({ from, sortOrder: 'asc', limit: '1' }, signal);
      switch (answer.kind) {
        case 'body':
          return { kind: 'ok', detail: describeActivity(answer.body) };
        case 'cursor-refused':
        case 'request-refused':
        case 'transient':
        case 'permanent':
          return { kind: 'failed', problem: answer.problem };
      }
    },

    close: () => client.close(),
  };
}

/** An empty log is an answer without an error that still may need a person. */
function describeActivity(page: EventsPage): string {
  if (page.events.length > 0) return 'The audit log can be read and has events of the last 24 hours.';
  return `The audit log can be read but shows no event of the last 24 hours. If that is unexpected: ${SILENCE_REMEDY}`;
}
