import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/core/json.ts';
import { codesByFoldedName } from './country-names.ts';
import { CUSTOM } from './names.ts';
import { stamped } from './stamp.ts';

const DESCRIPTION = 'Atlassian audit events: time of arrival; place and network of addresses, where they are missing';

/** Holds what is looked up, until it is compared; no document keeps it. */
const LOOKUP = '_lookup';

/** The pipeline is named only where it is one that ours has called. */
const FAILURE =
  'Processor {{{_ingest.on_failure_processor_type}}} with tag {{{_ingest.on_failure_processor_tag}}} ' +
  '{{#_ingest.on_failure_pipeline}}in pipeline {{{_ingest.on_failure_pipeline}}} {{/_ingest.on_failure_pipeline}}' +
  'failed: {{{_ingest.on_failure_message}}}';

/** Runs on the way into the index, after any other pipeline. What a document has, it leaves alone. */
export function finalPipeline(): JsonObject {
  return stamped(DESCRIPTION, {
    description: DESCRIPTION,
    processors: [setIngested(), ...completePlace(), ...completeNetwork(), removeLookup('remove_lookup'), runCustom()],
    on_failure: [removeLookup('remove_lookup_on_failure'), ...markFailed('pipeline')],
  });
}

function setIngested(): JsonObject {
  return processor('set', 'set_event_ingested', 'When the document has arrived', {
    field: 'event.ingested',
    value: '{{{_ingest.timestamp}}}',
    override: false,
  });
}

function completePlace(): readonly JsonObject[] {
  return [
    lookUp('geo', 'where the address is', {
      if: 'ctx.source?.ip != null && ctx.source.geo?.location == null',
      database_file: 'GeoLite2-City.mmdb',
      properties: [
        'continent_code',
        'continent_name',
        'country_iso_code',
        'country_name',
        'region_iso_code',
        'region_name',
        'city_name',
        'timezone',
        'location',
      ],
    }),
    complete('geo', 'Adds what is missing in source.geo, unless the document names another place', {
      source: painless('complete-place'),
      params: { codes: codesByFoldedName() },
    }),
  ];
}

function completeNetwork(): readonly JsonObject[] {
  return [
    lookUp('as', 'whose network the address is in', {
      if: 'ctx.source?.ip != null && (ctx.source.as?.number == null || ctx.source.as?.organization?.name == null)',
      database_file: 'GeoLite2-ASN.mmdb',
      properties: ['asn', 'organization_name'],
    }),
    complete('as', 'Adds what is missing in source.as, unless the document names another network', {
      source: painless('complete-network'),
    }),
  ];
}

function lookUp(name: string, what: string, options: JsonObject): JsonObject {
  return processor('geoip', `look_up_${name}`, `Looks up ${what}, into a field of its own`, {
    field: 'source.ip',
    target_field: `${LOOKUP}.${name}`,
    ...options,
    on_failure: markFailed(`look_up_${name}`),
  });
}

function complete(name: string, description: string, options: JsonObject): JsonObject {
  return processor('script', `complete_${name}`, description, {
    if: `ctx.${LOOKUP}?.${name} != null`,
    lang: 'painless',
    ...options,
    on_failure: markFailed(`complete_${name}`),
  });
}

function removeLookup(tag: string): JsonObject {
  return processor('remove', tag, 'Removes what was looked up', { field: LOOKUP, ignore_missing: true });
}

function runCustom(): JsonObject {
  return processor('pipeline', 'run_custom', 'Runs the pipeline of the user, if there is one', {
    name: CUSTOM,
    ignore_missing_pipeline: true,
  });
}

/** A document that is not quite right is found by its tag; lost, it would not be found at all. */
function markFailed(part: string): readonly JsonObject[] {
  return [
    processor('append', `tag_failed_${part}`, 'Says that the document is not as it should be', {
      field: 'tags',
      value: ['pipeline_error'],
      allow_duplicates: false,
    }),
    processor('append', `explain_failed_${part}`, 'Says why', {
      field: 'error.message',
      value: [FAILURE],
    }),
  ];
}

function processor(type: string, tag: string, description: string, options: JsonObject): JsonObject {
  return { [type]: { tag, description, ...options } };
}

function painless(name: string): string {
  return readFileSync(new URL(`./painless/${name}.painless`, import.meta.url), 'utf8');
}
