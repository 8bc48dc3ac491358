import { sourceName } from '../sources/organization-audit/config.ts';
import type { ConfigIssue } from './issues.ts';
import type { Settings } from './schema.ts';

/** What no single value shows: sources that get in each other's way. */
export function doubled(settings: Settings): ConfigIssue[] {
  return [...doubledNames(settings), ...doubledOrganizations(settings)];
}

function doubledNames({ sources }: Settings): ConfigIssue[] {
  const names = sources.map(sourceName);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: ['sources', index], message: `is named ${name} like another source: give it a name of its own` }]
      : [],
  );
}

/** Two sources of one organization would ship each event twice. */
function doubledOrganizations({ sources }: Settings): ConfigIssue[] {
  const organizations = sources.map(({ api_url, org_id }) => `${new URL(api_url).origin} ${org_id}`);
  return organizations.flatMap((organization, index) => {
    const first = organizations.indexOf(organization);
    return first < index
      ? [
          {
            path: ['sources', index, 'org_id'],
            message: `is read by sources[${first}] already: every event would come twice`,
          },
        ]
      : [];
  });
}
