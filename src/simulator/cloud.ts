import type { Secret } from '../core/secret.ts';
import type { Cursors } from './cursor.ts';
import type { Quirks } from './options.ts';
import type { PageRequest, RenderedPage } from './page.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Stream } from './stream.ts';
import type { Settings } from './switches.ts';
import type { Tally } from './tally.ts';

/** Everything that answering a request needs. */
export interface Cloud {
  readonly orgId: string;
  readonly apiKey: Secret;
  readonly pageSizeMax: number;
  readonly quirks: Quirks;
  readonly stream: Stream;
  readonly cursors: Cursors;
  readonly renderPage: (request: PageRequest) => RenderedPage;
  readonly rateLimit: RateLimit;
  readonly tally: Tally;
  readonly settings: Settings;
  /** Epoch milliseconds, for the limit and its headers. */
  now(): number;
}
