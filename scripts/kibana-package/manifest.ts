import { stringify } from 'yaml';
import { PACKAGE_NAME, packageVersion } from './package-version.ts';

/**
 * https://github.com/elastic/package-spec/tree/v3.5.0/spec/content: a content package brings what is shown of data that
 * something else collects.
 */
export function manifest(): string {
  return stringify({
    format_version: '3.5.0',
    name: PACKAGE_NAME,
    title: 'Atlassian Cloud audit (atlassian-shipper)',
    description: 'Dashboards and detection rules for the audit events of Atlassian Cloud that atlassian-shipper ships.',
    version: packageVersion(),
    type: 'content',
    source: { license: 'Apache-2.0' },
    categories: ['security', 'cloud', 'iam'],
    conditions: {
      kibana: { version: '^8.19.0 || ^9.1.0' },
      // Without it there are no rules.
      elastic: { capabilities: ['security'] },
    },
    discovery: { datasets: [{ name: 'atlassian_cloud.audit' }] },
    icons: [{ src: '/img/icon.svg', title: 'Icon', size: '32x32', type: 'image/svg+xml' }],
    owner: { github: 'atlassian-shipper', type: 'community' },
  });
}

/** The specification wants a link; the project has no public address yet. */
const CHANGELOG = 'https://example.org/atlassian-shipper/changelog';

/** Newest first; the first is the version of the package. */
export function changelog(): string {
  return stringify([
    {
      version: packageVersion(),
      changes: [
        {
          description: 'Dashboards and detection rules for audit events of Atlassian Cloud',
          type: 'enhancement',
          link: CHANGELOG,
        },
      ],
    },
  ]);
}
