import { datesOf, distinctOf, earliestOf, latestOf, type Told } from './told.ts';

/** Counts a column's value again, from the documents that a row is about. */
export type Measure = (events: readonly Told[]) => number | null;

/** What a column shows, and of which field: fields may be equal in all documents of the demo, and yet mean different things. */
interface Meaning {
  readonly field?: string;
  readonly of: Measure;
}

const howMany: Meaning = { of: (events) => events.length };
const distinct = (field: string): Meaning => ({ field, of: (events) => distinctOf(events, field) });
const earliest = (field: string): Meaning => ({ field, of: (events) => earliestOf(datesOf(events, field)) });
const latest = (field: string): Meaning => ({ field, of: (events) => latestOf(datesOf(events, field)) });

/** What a label means, in every panel. */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  Events: howMany,
  Failures: howMany,
  Logins: howMany,
  Changes: howMany,
  Grants: howMany,
  Created: howMany,
  Revoked: howMany,
  Installed: howMany,
  Views: howMany,
  Edits: howMany,
  Exports: howMany,
  'Whole time': howMany,
  People: distinct('user.id'),
  Addresses: distinct('source.ip'),
  Countries: distinct('source.geo.country_name'),
  Networks: distinct('source.as.organization.name'),
  Organizations: distinct('organization.id'),
  Accounts: distinct('user.target.id'),
  'Accounts concerned': distinct('user.target.id'),
  Groups: distinct('group.id'),
  Pages: distinct('url.full'),
  First: earliest('@timestamp'),
  Last: latest('@timestamp'),
  'Last happened': latest('@timestamp'),
  'Last arrived': latest('event.ingested'),
};
