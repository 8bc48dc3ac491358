/**
 * A rule of Kibana's alerting (*Stack Management > Rules*), not of the detection engine: those find what is there, and
 * this one what is not. For docs/rules.md; it is not installed, since only its reader knows how quiet a night is.
 */
export const SILENCE = {
  name: 'Atlassian Cloud: no events for an hour',
  rule_type_id: '.es-query',
  consumer: 'stackAlerts',
  schedule: { interval: '10m' },
  params: {
    searchType: 'esQuery',
    index: ['logs-atlassian_cloud.audit-*'],
    timeField: 'event.ingested',
    esQuery: JSON.stringify({ query: { term: { 'organization.id': '<organization id>' } } }),
    size: 0,
    aggType: 'count',
    groupBy: 'all',
    timeWindowSize: 1,
    timeWindowUnit: 'h',
    thresholdComparator: '<',
    threshold: [1],
    excludeHitsFromPreviousRun: false,
  },
  actions: [],
} as const;
