import { formatDuration } from '../core/duration.ts';
import { sourceName } from '../sources/organization-audit/config.ts';
import type { ConfigIssue } from './issues.ts';
import type { Settings } from './schema.ts';

/** What no single value shows: sources that get in each other's way, and times that do not fit together. */
export function crossChecked(settings: Settings): ConfigIssue[] {
  return [...doubledNames(settings), ...doubledOrganizations(settings), ...tooLongTimeout(settings)];
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

/** A call that is always ended within its first request would begin with the same one for ever. */
function tooLongTimeout({ exporters, pipeline }: Settings): ConfigIssue[] {
  const longest = pipeline.export_timeout / 2;
  if (exporters.otlp === undefined || exporters.otlp.timeout <= longest) return [];
  const of = `pipeline.export_timeout (${formatDuration(pipeline.export_timeout)})`;
  const message = `must be at most half of ${of}: one call may have to send several requests`;
  return [{ path: ['exporters', 'otlp', 'timeout'], message }];
}
