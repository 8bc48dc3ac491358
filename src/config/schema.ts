import { z } from 'zod';
import { duration, wholeNumber } from '../core/config-fields.ts';
import { elasticsearchSchema } from '../exporters/elasticsearch/config.ts';
import { fileExporterSchema } from '../exporters/file/config.ts';
import { otlpSchema } from '../exporters/otlp/config.ts';
import { serverSchema } from '../server/config.ts';
import { organizationAuditSchema } from '../sources/organization-audit/config.ts';
import { documentsSchema } from '../transform/config.ts';
import { geoipSchema } from '../transform/enrich/geoip/config.ts';
import { privacySchema } from '../transform/privacy/config.ts';

const HOUR_MS = 3_600_000;

export const EXPORTER_HINT =
  'no exporter is configured: without a configuration file set ELASTICSEARCH_URL, OTEL_EXPORTER_OTLP_ENDPOINT or SHIPPER_FILE_PATH ("-" is standard output); ' +
  'in a file, give exporters.elasticsearch, exporters.otlp or exporters.file';

/** The one description of the configuration: types, defaults, checks, JSON Schema and reference all come from it. */
export const configSchema = z.strictObject({
  sources: z
    .array(z.discriminatedUnion('type', [organizationAuditSchema]))
    .min(1, 'needs at least one source: an organization to read')
    .describe('What to read. Each source has a position of its own.'),
  exporters: z
    .strictObject({
      elasticsearch: elasticsearchSchema.optional().describe('A data stream of Elasticsearch, exactly once.'),
      // A section with nothing in it is null in YAML; all that it can say has a default.
      otlp: otlpSchema
        .nullable()
        .transform((settings) => settings ?? otlpSchema.parse({}))
        .optional()
        .describe('An OpenTelemetry Collector or any other OTLP receiver, at least once.'),
      file: fileExporterSchema.optional().describe('NDJSON file or standard output.'),
    })
    .refine((exporters) => Object.values(exporters).some((exporter) => exporter !== undefined), EXPORTER_HINT)
    .describe('Where documents go. All that are configured are required: an event is settled when each has it.'),
  state: z
    .strictObject({
      dir: z
        .string()
        .min(1)
        .default('./state')
        .describe('Folder of the state: positions, ledger, dead letters. One process at a time owns it.'),
    })
    .prefault({}),
  data_stream: z
    .strictObject({
      namespace: z
        .string()
        .regex(
          /^[^\sA-Z\\/*?"<>|,#:-]{1,100}$/,
          'must be lower case, at most 100 characters, without - and the characters \\ / * ? " < > | , # :',
        )
        .refine((namespace) => namespace === namespace.toLowerCase(), 'must be lower case')
        .default('default')
        .describe('Namespace of the data stream that documents name: logs-atlassian_cloud.audit-<namespace>.'),
    })
    .prefault({}),
  documents: documentsSchema,
  privacy: privacySchema,
  geoip: geoipSchema.prefault({}),
  pipeline: z
    .strictObject({
      prefetch_pages: wholeNumber({ min: 0, max: 20 })
        .prefault(2)
        .describe('Pages read ahead of the one being shipped. Bounds memory.'),
      pages_under_way: wholeNumber({ min: 1, max: 8 })
        .prefault(2)
        .describe(
          'Pages of a source that may be at the exporters at once; they are stored in their order. One with a file exporter.',
        ),
      export_timeout: duration({ minMs: 1_000, maxMs: HOUR_MS })
        .prefault('120s')
        .describe('Wall-clock limit on one export call.'),
      drain_timeout: duration({ minMs: 0, maxMs: HOUR_MS })
        .prefault('25s')
        .describe('How long a stopping shipper lets the page under way finish. A page that does not is read again.'),
    })
    .prefault({}),
  server: serverSchema.describe('Status page, health and metrics of a running shipper.'),
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error'])
        .default('info')
        .describe("The shipper's own log, on standard error."),
      format: z
        .enum(['auto', 'ecs', 'pretty'])
        .default('auto')
        .describe('auto: pretty on a terminal, ecs (JSON) elsewhere.'),
    })
    .prefault({}),
});

/** As written: YAML, snake_case, everything optional that has a default. */
export type ConfigInput = z.input<typeof configSchema>;
/** Checked, with defaults, durations in milliseconds. Secrets are not read yet. */
export type Settings = z.output<typeof configSchema>;
