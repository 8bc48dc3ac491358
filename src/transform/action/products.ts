import { vocabulary } from './phrases.ts';

/** One key for each product, whatever ids call it. */
export type Product =
  | 'analytics'
  | 'assets'
  | 'atlas'
  | 'bitbucket'
  | 'compass'
  | 'confluence'
  | 'customer-service-management'
  | 'guard'
  | 'jira'
  | 'jira-product-discovery'
  | 'jira-service-management'
  | 'loom'
  | 'opsgenie'
  | 'rovo'
  | 'statuspage'
  | 'trello';

/** Former names are listed too: ids tend to outlive them. */
export const PRODUCT_NAMES: readonly (readonly [Product, string])[] = [
  ['jira', 'jira, jira software, jira work management, jira core'],
  ['jira-service-management', 'jira service management, jira service desk, jira servicedesk, jsm, servicedesk'],
  ['jira-product-discovery', 'jira product discovery, jpd'],
  ['customer-service-management', 'customer service management, csm'],
  ['confluence', 'confluence'],
  ['bitbucket', 'bitbucket'],
  ['trello', 'trello'],
  ['loom', 'loom'],
  ['rovo', 'rovo'],
  ['guard', 'guard, guard detect, atlassian guard, atlassian access, beacon'],
  ['opsgenie', 'opsgenie'],
  ['statuspage', 'statuspage'],
  ['compass', 'compass'],
  ['analytics', 'analytics, atlassian analytics'],
  ['atlas', 'atlas, townsquare'],
  ['assets', 'jira assets, assets'],
];

export const PRODUCTS = vocabulary(PRODUCT_NAMES);
