import { ENTITY_DEFINITIONS } from './entities/table.ts';

/**
 * Every field that documents can have: the one list from which `docs/fields.md` is generated and with which mappings
 * and the transform are checked. Types are those of Elasticsearch mappings; for ECS fields, those of ECS 9.4.
 */
export type Field = {
  readonly name: string;
  readonly type: FieldType;
  readonly values: Values;
  /** Where it comes from and what it tells, in a sentence. */
  readonly meaning: string;
};

export type FieldType =
  | 'constant_keyword'
  | 'date'
  | 'flattened'
  | 'geo_point'
  | 'ip'
  | 'keyword'
  | 'long'
  | 'match_only_text'
  | 'nested'
  | 'object'
  | 'wildcard';

/** One value; always a list, as ECS has it; or a list only where there are several. */
export type Values = 'one' | 'list' | 'one or more';

const AUDIT = 'atlassian_cloud.audit';

export const FIELDS: readonly Field[] = [
  one('@timestamp', 'date', 'When it happened (`attributes.time`), to the millisecond.'),
  one('message', 'match_only_text', 'The sentence that the API gives (`message.content`).'),

  one('event.kind', 'keyword', 'Always `event`.'),
  list('event.category', 'keyword', 'What kind of thing it was, by the action: see actions.md.'),
  list('event.type', 'keyword', 'What was done, by the action: see actions.md.'),
  one('event.action', 'keyword', 'Id of the action, as the API has it: the one thing to build rules on.'),
  one('event.outcome', 'keyword', '`success`, `failure` or `unknown`: see actions.md. Success is never assumed.'),
  one('event.reason', 'keyword', 'Why it failed, where the event says so.'),
  one('event.id', 'keyword', 'Id of the event, which is the id of the document too.'),
  one('event.created', 'date', 'When the API had processed the event (`attributes.processedAt`).'),
  one('event.module', 'constant_keyword', 'Always `atlassian_cloud`.'),
  one('event.dataset', 'constant_keyword', 'Always `atlassian_cloud.audit`.'),
  one('event.provider', 'keyword', 'Which log of Atlassian the event is of: `organization_audit_log`.'),
  one('event.hash', 'keyword', 'SHA-256 of the whole raw event, only where `event.original` is cut.'),
  one('event.original', 'keyword', 'The raw event, `JSON.stringify` of what the API gave. Stored, not indexed.'),

  ...user('user', 'the person who acted; absent if an app or the system acted'),
  ...user('user.target', 'the account acted on, the first if there are several'),
  one('user.target.group.id', 'keyword', 'Group of which the target became or ceased to be a member.'),
  one('user.target.group.name', 'keyword', 'Its name.'),
  ...user('user.effective', 'the person on whose behalf, or as whom, the actor acted'),
  ...names('user.changes', 'What is new about the person, where the event tells old and new: the name.'),
  one('group.id', 'keyword', 'Group acted on, the first if there are several.'),
  one('group.name', 'keyword', 'Its name.'),

  one('source.address', 'keyword', 'Where the request came from (`location.ip`), whatever stands there.'),
  one('source.ip', 'ip', 'The same, if it is an IP address.'),
  one('source.geo.continent_code', 'keyword', 'By GeoIP.'),
  one('source.geo.continent_name', 'keyword', 'By GeoIP.'),
  one('source.geo.country_iso_code', 'keyword', 'By GeoIP, if its country is that of the event.'),
  one('source.geo.country_name', 'keyword', 'By the event, else by GeoIP.'),
  one('source.geo.region_iso_code', 'keyword', 'By GeoIP, with the country in front: `DE-HE`.'),
  one('source.geo.region_name', 'keyword', 'By the event, else by GeoIP.'),
  one('source.geo.city_name', 'keyword', 'By the event, else by GeoIP.'),
  one('source.geo.timezone', 'keyword', 'By GeoIP.'),
  one('source.geo.location', 'geo_point', 'By GeoIP, if its country is that of the event.'),
  one('source.as.number', 'long', 'Number of the network (autonomous system), by GeoIP.'),
  one('source.as.organization.name', 'keyword', 'Who runs the network, by GeoIP.'),

  one('url.full', 'wildcard', 'Link to what was acted on (`links.alt`), else to where; a person can open it.'),
  one('url.scheme', 'keyword', 'Of that link.'),
  one('url.domain', 'keyword', 'Of that link.'),
  one('url.port', 'long', 'Of that link, if it names one.'),
  one('url.path', 'wildcard', 'Of that link.'),
  one('url.query', 'keyword', 'Of that link, without the `?`.'),
  one('url.fragment', 'keyword', 'Of that link, without the `#`.'),

  one('organization.id', 'keyword', 'Organization that the events are read of, by configuration.'),
  one('organization.name', 'keyword', 'Its name, where the event gives it.'),

  list('related.user', 'keyword', 'Ids, names and e-mail addresses of everyone involved, the actor first.'),
  list('related.ip', 'ip', 'IP addresses involved.'),
  list('related.hosts', 'keyword', 'Host names of the sites involved.'),
  list('related.hash', 'keyword', 'Hashes of files that the event names, in lower case.'),

  one('observer.vendor', 'constant_keyword', 'Always `Atlassian`.'),
  one('observer.product', 'constant_keyword', 'Always `Atlassian Cloud`.'),
  one('observer.type', 'constant_keyword', 'Always `saas`.'),

  one(
    `${AUDIT}.action.name`,
    'keyword',
    'What the API calls the action today. Names change: build rules on `event.action`.',
  ),
  oneOrMore(`${AUDIT}.action.group`, 'keyword', 'Group of actions in which the API lists it.'),
  one(`${AUDIT}.actor.auth.auth_type`, 'keyword', 'How the actor came in: `session`, `api-token`, `container-token` …'),
  one(`${AUDIT}.actor.auth.token_id`, 'keyword', 'Token that the actor used.'),
  one(`${AUDIT}.actor.auth.token_label`, 'keyword', 'What its owner calls it.'),
  one(`${AUDIT}.actor.on_behalf_of.id`, 'keyword', 'Person for whom the actor acted; also `user.effective`.'),
  one(`${AUDIT}.actor.on_behalf_of.name`, 'keyword', 'Their name.'),
  one(`${AUDIT}.actor.on_behalf_of.email`, 'keyword', 'Their e-mail address.'),
  one(`${AUDIT}.actor.app.id`, 'keyword', 'App through which the actor acted, or the app or system that acted.'),
  one(`${AUDIT}.actor.app.name`, 'keyword', 'Its name.'),
  one(`${AUDIT}.actor.app.type`, 'keyword', 'Its type.'),
  one(`${AUDIT}.actor.app.attributes`, 'flattened', 'What else the event tells of it.'),
  oneOrMore(`${AUDIT}.target.user.id`, 'keyword', 'Every account acted on; `user.target` has the first.'),
  oneOrMore(`${AUDIT}.target.user.name`, 'keyword', 'Their names.'),
  oneOrMore(`${AUDIT}.target.user.email`, 'keyword', 'Their e-mail addresses.'),
  oneOrMore(`${AUDIT}.target.group.id`, 'keyword', 'Every group acted on; `group` has the first.'),
  oneOrMore(`${AUDIT}.target.group.name`, 'keyword', 'Their names.'),
  ...entities(),
  ...objects('context', 'what was acted on'),
  ...objects('container', 'where: site, organization and so on'),
  one(`${AUDIT}.location.geo`, 'keyword', 'Coarse label of the place: `EU`, `NA`.'),
  one(`${AUDIT}.message.format`, 'keyword', 'Format of `message`.'),

  list('tags', 'keyword', 'Those of the configuration; `uncategorized_action`; `event_original_cut`.'),
  one('labels', 'object', 'Those of the configuration.'),

  one('data_stream.type', 'constant_keyword', 'Always `logs`.'),
  one('data_stream.dataset', 'constant_keyword', 'Always `atlassian_cloud.audit`.'),
  one('data_stream.namespace', 'constant_keyword', 'By configuration; `default` unless set.'),
  one('agent.type', 'keyword', 'Always `atlassian-shipper`.'),
  one('agent.name', 'keyword', 'Name of the shipper, by configuration.'),
  one('agent.version', 'keyword', 'Its version.'),
  one('ecs.version', 'keyword', 'Version of ECS that documents follow.'),
];

function one(name: string, type: FieldType, meaning: string): Field {
  return { name, type, values: 'one', meaning };
}

function list(name: string, type: FieldType, meaning: string): Field {
  return { name, type, values: 'list', meaning };
}

function oneOrMore(name: string, type: FieldType, meaning: string): Field {
  return { name, type, values: 'one or more', meaning };
}

function user(name: string, who: string): readonly Field[] {
  return [one(`${name}.id`, 'keyword', `Account id: ${who}.`), ...names(name, 'Name.')];
}

function names(name: string, meaning: string): readonly Field[] {
  return [
    one(`${name}.name`, 'keyword', meaning),
    one(`${name}.full_name`, 'keyword', 'The same name, for searches that look here.'),
    one(`${name}.email`, 'keyword', 'E-mail address.'),
    one(`${name}.domain`, 'keyword', 'Domain of the e-mail address, in lower case.'),
  ];
}

function objects(name: string, what: string): readonly Field[] {
  return [
    { name: `${AUDIT}.${name}`, type: 'nested', values: 'list', meaning: `Objects of the event: ${what}.` },
    one(`${AUDIT}.${name}.id`, 'keyword', 'Id of the object.'),
    one(`${AUDIT}.${name}.type`, 'keyword', 'Its type, as the API has it.'),
    one(`${AUDIT}.${name}.attributes`, 'flattened', 'What else the event tells of it.'),
  ];
}

function entities(): readonly Field[] {
  return [...ENTITY_DEFINITIONS].flatMap(([name, { meaning, own, anywhere }]) => {
    const fields = new Set(['id', ...Object.keys(own), ...Object.keys(anywhere)]);
    return [...fields].map((field) => oneOrMore(`${AUDIT}.${name}.${field}`, 'keyword', `${meaning}: ${field}.`));
  });
}
