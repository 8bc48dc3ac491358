import type { JsonObject } from '../../src/core/json.ts';
import { FINAL_PIPELINE } from './names.ts';
import { stamped } from './stamp.ts';

/** Settings and lifecycle. Nothing about shards and replicas: Serverless refuses it. */
export function settingsTemplate(): JsonObject {
  return stamped('Settings of Atlassian audit events', {
    template: {
      settings: {
        'index.mode': 'logsdb',
        // Not by time first: Elasticsearch 9.5.3 then finds the wrong documents by a range of time, because there are
        // nested ones among them (ADR 0021). The default begins with host.name, and maps it where it is not mapped.
        'index.sort.field': ['organization.id', '@timestamp'],
        'index.sort.order': ['asc', 'desc'],
        // What is kept as evidence is kept as it came: synthetic source would put lists and numbers in another form.
        'index.mapping.source.mode': 'stored',
        // What does not fit is to be seen, in the dead letter: ignored, it would be stored and never be found.
        'index.mapping.ignore_malformed': false,
        'index.mapping.total_fields.limit': 1_000,
        'index.mapping.total_fields.ignore_dynamic_beyond_limit': true,
        'index.final_pipeline': FINAL_PIPELINE,
      },
      // Without retention: everything is kept, unless the user says how long.
      lifecycle: { enabled: true },
      // There is one place for what is refused, with reason and retry: the dead letter.
      data_stream_options: { failure_store: { enabled: false } },
    },
  });
}
