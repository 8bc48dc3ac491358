import { page, setting, times } from './raw-events.ts';
import type { RuleCases } from './rule-cases.ts';

export const DATA_CASES: RuleCases = {
  'mass-view': {
    matches: {
      '300 pages, the other way round': times(300, (n) => ({
        action: 'viewed_confluence_page',
        at: n / 10,
        context: [page(n)],
      })),
      '300 pages in half an hour': times(300, (n) => ({
        action: 'confluence_page_viewed',
        at: n / 10,
        context: [page(n)],
      })),
    },
    misses: {
      '290 pages': times(290, (n) => ({ action: 'confluence_page_viewed', at: n / 10, context: [page(n)] })),
      'one dashboard page that reloads': times(320, (n) => ({
        action: 'confluence_page_viewed',
        at: n / 10,
        context: [page(n % 3)],
      })),
      '300 pages in two days': times(300, (n) => ({
        action: 'confluence_page_viewed',
        at: n * 10,
        context: [page(n)],
      })),
      '300 pages by two people': times(300, (n) => ({
        action: 'confluence_page_viewed',
        by: n % 2 === 0 ? 'bea' : 'cem',
        at: n / 10,
        context: [page(n)],
      })),
      '300 pages changed': times(300, (n) => ({ action: 'confluence_page_updated', at: n / 10, context: [page(n)] })),
    },
  },
  'mass-export': {
    matches: {
      '25 pages in 50 minutes': times(25, (n) => ({
        action: 'confluence_page_export_downloaded',
        at: n * 2,
        context: [page(n)],
      })),
      'this and that': times(26, (n) => ({
        action: n % 2 === 0 ? 'jira_issues_exported' : 'confluence_attachment_downloaded',
        at: n,
      })),
    },
    misses: {
      '24 pages': times(24, (n) => ({ action: 'confluence_page_export_downloaded', at: n, context: [page(n)] })),
      '30 over a day': times(30, (n) => ({
        action: 'confluence_page_export_downloaded',
        at: n * 48,
        context: [page(n)],
      })),
      '30 looks': times(30, (n) => ({ action: 'confluence_page_viewed', at: n, context: [page(n)] })),
      '30 that were stopped': times(30, (n) => ({ action: 'confluence_page_export_blocked_by_policy', at: n })),
    },
  },
  'space-or-site-export': {
    matches: {
      'completed confluence space export': { action: 'completed_confluence_space_export', by: 'p0' },
      'downloaded confluence space export': { action: 'downloaded_confluence_space_export', by: 'p1' },
      'exported confluence space': { action: 'exported_confluence_space', by: 'p2' },

      'a space is ready': {
        action: 'confluence_space_export_completed',
        context: [{ id: '1', type: 'space', attributes: { name: 'Legal', key: 'LEGAL' } }],
      },
      'a backup was taken': { action: 'backup_downloaded', by: 'bea' },
    },
    misses: {
      'downloaded confluence page export': { action: 'downloaded_confluence_page_export' },

      'one page': { action: 'confluence_page_export_downloaded', context: [page(1)] },
      'it has only begun': { action: 'confluence_space_export_started' },
      'it failed': { action: 'confluence_space_export_failed' },
    },
  },
  'public-link-opened': {
    matches: {
      'changed confluence public link permissions': { action: 'changed_confluence_public_link_permissions', by: 'p0' },
      'enabled confluence public link': { action: 'enabled_confluence_public_link', by: 'p1' },
      'public link created': { action: 'public_link_created', by: 'p2' },

      'a link to a page': { action: 'confluence_public_link_enabled', context: [page(1)] },
      'who may make links': { action: 'confluence_changed_public_link_permissions', by: 'bea' },
      'links for the whole organization': {
        action: 'org_settings_update',
        by: 'cem',
        container: [setting('public-links', 'enabled')],
      },
      'a space for everybody': { action: 'confluence_space_anonymous_access_enabled', by: 'dan' },
    },
    misses: {
      'public link disabled': { action: 'public_link_disabled' },
      'public link turned off': { action: 'public_link_turned_off' },
      'public link revoked': { action: 'public_link_revoked' },
      'public link removed': { action: 'public_link_removed' },
      'disabled public link': { action: 'disabled_public_link' },

      'a link closed': { action: 'confluence_public_link_disabled', context: [page(1)] },
      'links forbidden': { action: 'org_settings_update', container: [setting('public-links', 'disabled')] },
      'another setting': { action: 'org_settings_update', container: [setting('release-notes', 'enabled')] },
      'a look by a link': { action: 'confluence_public_link_viewed', context: [page(1)] },
    },
  },
  'audit-log-exported': {
    matches: {
      'downloaded audit logs': { action: 'downloaded_audit_logs' },
      'org audit log downloaded': { action: 'org_audit_log_downloaded' },
      'exported org audit log': { action: 'exported_org_audit_log' },

      'as the documentation has it': { action: 'exported_organization_audit_log' },
      'the other way round': { action: 'organization_audit_log_exported' },
    },
    misses: {
      'a look at users': { action: 'organization_users_viewed' },
      'its settings': { action: 'audit_log_settings_updated' },
    },
  },
};
