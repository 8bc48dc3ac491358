import { app } from './raw-events.ts';
import type { RuleCases } from './rule-cases.ts';

const DIAGRAMS = app({ name: 'Diagrams', vendor: 'Inkwell Labs' });
const DAY = 24 * 60;

export const APP_CASES: RuleCases = {
  'app-installed-first-time': {
    matches: {
      'never before': { action: 'marketplace_app_installed', context: [DIAGRAMS] },
      'others do, this person never did': [
        { action: 'marketplace_app_installed', at: -DAY, by: 'bea', context: [DIAGRAMS] },
        { action: 'forge_app_installed', by: 'cem', context: [DIAGRAMS] },
      ],
    },
    misses: {
      'the second app within a month': [
        { action: 'marketplace_app_installed', at: -30 * DAY, context: [DIAGRAMS] },
        { action: 'marketplace_app_installed', context: [app({ name: 'Charts' })] },
      ],
      uninstalled: { action: 'marketplace_app_uninstalled', context: [DIAGRAMS] },
      'it failed': { action: 'marketplace_app_failed_installation', context: [DIAGRAMS] },
      'an update': { action: 'app_update_success', context: [DIAGRAMS] },
      'nobody did it': { action: 'marketplace_app_installed', by: undefined, context: [DIAGRAMS] },
    },
  },
  'app-with-wide-scopes': {
    matches: {
      'it administrates': {
        action: 'marketplace_app_installed',
        context: [app({ name: 'Backup', scopes: ['read:jira-work', 'manage:jira-configuration'] })],
      },
      'it acts as people': {
        action: 'app_enable_success',
        context: [app({ name: 'Old', scopes: ['READ', 'ACT_AS_USER'] })],
      },
    },
    misses: {
      'app deauthorized': {
        action: 'app_deauthorized',
        context: [app({ name: 'Backup', scopes: ['manage:jira-configuration'] })],
      },
      'app blocked': {
        action: 'app_blocked',
        context: [app({ name: 'Backup', scopes: ['manage:jira-configuration'] })],
      },
      'app disabled': {
        action: 'app_disabled',
        context: [app({ name: 'Backup', scopes: ['manage:jira-configuration'] })],
      },
      'app disable success': {
        action: 'app_disable_success',
        context: [app({ name: 'Backup', scopes: ['manage:jira-configuration'] })],
      },
      'disabled oauth app': {
        action: 'disabled_oauth_app',
        context: [app({ name: 'Backup', scopes: ['manage:jira-configuration'] })],
      },

      'it reads': {
        action: 'marketplace_app_installed',
        context: [app({ name: 'Charts', scopes: ['read:jira-work'] })],
      },
      'nobody knows what it may': { action: 'marketplace_app_installed', context: [DIAGRAMS] },
      uninstalled: {
        action: 'marketplace_app_uninstalled',
        context: [app({ name: 'Backup', scopes: ['manage:jira-configuration'] })],
      },
    },
  },
};
