/**
 * What the shipper counts. Names follow Prometheus: unit and `_total` at the end. Every name is listed here;
 * labels are bounded by the configuration (source, exporter) or by the code (outcome, stage, code).
 */
export const METRICS = {
  shipper_requests_total: 'counter: requests sent to Atlassian, by source, resource and outcome',
  shipper_throttled_seconds_total: 'counter: time spent waiting for the rate budget or for a 429, by source',
  shipper_rate_budget_remaining: 'gauge: requests that may be sent right now, by source',
  shipper_pages_read_total: 'counter: pages read, by source',
  shipper_last_answer_time_seconds:
    'gauge: when the request was sent that the API last answered with a page, epoch seconds, by source',
  shipper_caught_up_time_seconds: 'gauge: when the last poll had read all that there was, epoch seconds, by source',
  shipper_pages_ahead: 'gauge: pages asked for ahead of the one being shipped, by source',
  shipper_events_read_total: 'counter: events read, repeats included, by source',
  shipper_events_repeated_total: 'counter: events that the API served again and the ledger left out, by source',
  shipper_events_dropped_total: 'counter: events left out by configuration, by source',
  shipper_dead_letters_total: 'counter: events sent to the dead letter, by source, stage and exporter',
  shipper_dead_letters_waiting: 'gauge: events that are in the dead letter now',
  shipper_documents_total: 'counter: documents, by exporter and outcome (delivered, already_present, refused)',
  shipper_export_retries_total: 'counter: documents sent again, by exporter and problem code',
  shipper_export_duration_seconds: 'histogram: how long export calls take, by exporter',
  shipper_batch_documents: 'histogram: documents given to one export call, by exporter',
  shipper_batch_bytes_total: 'counter: JSON bytes given to export calls, by exporter',
  shipper_checkpoints_total: 'counter: positions stored, by source',
  shipper_checkpoint_time_seconds: 'gauge: when the position was last stored, epoch seconds, by source',
  shipper_last_event_time_seconds:
    'gauge: when Atlassian processed the newest settled event (processedAt), epoch seconds, by source',
  shipper_lag_seconds: 'gauge: now minus the processedAt of the newest settled event, by source',
  shipper_silent: 'gauge: 1 while a source has had no event for longer than silence_after, else 0, by source',
  shipper_key_expiry_days:
    'gauge: days until the API key ends, by source; only where api_key_expires_on is given; +Inf once another key was read from its file',
  shipper_component_degraded:
    'gauge: 1 while a source, an exporter, the state or a GeoIP database does not work, else 0, by component',
  shipper_polls_total: 'counter: pauses between polls that have ended, by source and reason (time, fetch_now)',
  shipper_problems_total: 'counter: problems met, by component and code',
  shipper_geoip_database_time_seconds:
    'gauge: when the database in use was built, epoch seconds, by database (city, asn)',
  shipper_lookups_total:
    'counter: documents looked for at the destination, because an earlier attempt may have delivered them, by exporter',
  shipper_exports_in_flight: 'gauge: requests to a destination under way, by exporter; bounded by max_in_flight',
  shipper_request_splits_total:
    'counter: requests that a destination did not take as a whole and that went again in halves, by exporter',
  shipper_records_repeated_total:
    'counter: records sent again although the OTLP receiver has them, or may have them, by exporter',
  shipper_receiver_warnings_total: 'counter: requests that an OTLP receiver took with a warning, by exporter',
  shipper_pipeline_drops_total: 'counter: documents that an ingest pipeline of Elasticsearch has dropped, by exporter',
  shipper_failure_store_documents_total:
    'counter: documents that Elasticsearch put into its failure store instead of the data stream, by exporter; an alarm',
  shipper_http_requests_refused_total:
    'counter: requests that the status server refused, by reason (host, origin, token, path, input)',
  shipper_build_info: 'gauge: 1, by version of the shipper and of Node',
  shipper_state_waits_total: 'counter: times the state could not be written and was tried again',
  shipper_file_bytes_cut_total: 'counter: bytes of unfinished pages cut from the output at start, by exporter',
} as const;

export type MetricName = keyof typeof METRICS;
export type Labels = Readonly<Record<string, string>>;

export interface Metrics {
  /** Adds to a counter. */
  add(name: MetricName, value: number, labels?: Labels): void;
  /** Sets a gauge. */
  set(name: MetricName, value: number, labels?: Labels): void;
  /** Adds one value to a histogram. */
  record(name: MetricName, value: number, labels?: Labels): void;
}
