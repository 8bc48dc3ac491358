import type { JsonObject } from '../../src/core/json.ts';
import { idOf, type SavedObject, savedObject } from './saved-object.ts';
import { tagged } from './tags.ts';

export const DATA_VIEW_ID = idOf('audit');
const TITLE = 'logs-atlassian_cloud.audit-*';

/**
 * Values that lead somewhere: what was acted on, in Jira, Confluence or the console for administrators (`url.full`, as
 * the event has it), the organization's console, and the site. For a link to the actor the console wants the organization
 * beside the account, and a format of Kibana sees one value only.
 */
const FORMATS: JsonObject = {
  'url.full': link('{{rawValue}}'),
  'organization.id': link('https://admin.atlassian.com/o/{{value}}/overview'),
  'atlassian_cloud.audit.site.host': link('https://{{rawValue}}'),
  'source.as.number': { id: 'number', params: { pattern: '0' } },
};

export const DATA_VIEW: SavedObject = savedObject(
  'index-pattern',
  DATA_VIEW_ID,
  {
    title: TITLE,
    name: 'Atlassian audit (atlassian-shipper)',
    timeFieldName: '@timestamp',
    fieldFormatMap: FORMATS,
  },
  tagged(),
);

function link(urlTemplate: string): JsonObject {
  return { id: 'url', params: { type: 'a', urlTemplate, labelTemplate: '{{value}}', openLinkInCurrentTab: false } };
}
