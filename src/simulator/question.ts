import type { Cloud } from './cloud.ts';
import { eventActions } from './event-actions.ts';
import type { PageFault } from './page.ts';
import { type ApiProblem, PROBLEMS } from './problems.ts';
import { readQuery } from './query.ts';
import type { Route } from './route.ts';
import { beginWalk } from './window.ts';

/** A request that makes sense, ready to be answered. */
export interface Question {
  readonly isStream: boolean;
  readonly hasCursor: boolean;
  answer(fault: PageFault | undefined): Answer;
}

export interface Answer {
  /** What it counts as. */
  readonly outcome: string;
  readonly json: string;
  /** Rows of a page; `undefined` for anything else. */
  readonly rows: number | undefined;
}

export type Prepared =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'refused'; readonly problem: ApiProblem };

export function prepare(cloud: Cloud, route: Route): Prepared {
  switch (route.kind) {
    case 'events-stream':
      return streamQuestion(cloud, route.query);
    case 'event-actions':
      return constant({ outcome: 'event-actions', json: JSON.stringify(eventActions()), rows: undefined });
    case 'event':
      return eventQuestion(cloud, route.id);
  }
}

function streamQuestion(cloud: Cloud, parameters: URLSearchParams): Prepared {
  const query = readQuery(parameters, cloud.cursors, cloud.pageSizeMax);
  if (query.kind === 'refused') return query;
  const { cursor, limit } = query;
  const answer = (fault: PageFault | undefined): Answer => {
    const nowMs = cloud.settings.shownUntil();
    const walk = beginWalk(cloud.stream, query.walk, nowMs);
    const { json, rows } = cloud.renderPage({ walk, limit, cursor, nowMs, fault });
    return { outcome: rows === 0 ? 'empty-page' : 'page', json, rows };
  };
  return { kind: 'question', question: { isStream: true, hasCursor: cursor !== undefined, answer } };
}

function eventQuestion({ stream, settings }: Cloud, id: string): Prepared {
  const index = stream.find(id, stream.available(settings.shownUntil()));
  if (index === undefined) return { kind: 'refused', problem: PROBLEMS.unknownEvent };
  return constant({ outcome: 'event', json: JSON.stringify({ data: stream.event(index) }), rows: undefined });
}

function constant(answer: Answer): Prepared {
  return { kind: 'question', question: { isStream: false, hasCursor: false, answer: () => answer } };
}
