import { ABROAD, type Deed, HOME, OFFICE, times, user } from './raw-events.ts';
import type { RuleCases } from './rule-cases.ts';

const DAY = 24 * 60;

const failure = (by: string, at: number, more: Partial<Deed> = {}): Deed => ({
  action: 'user_login_failed',
  by,
  at,
  from: ABROAD,
  context: [user(by)],
  status: 'FAILURE',
  ...more,
});

const login = (by: string, at: number, more: Partial<Deed> = {}): Deed => ({
  action: 'user_login',
  by,
  at,
  context: [user(by)],
  status: 'SUCCESS',
  ...more,
});

export const LOGIN_CASES: RuleCases = {
  'password-spraying': {
    matches: {
      'ten failures of ten people from one address, an hour apart': times(10, (n) => failure(`p${n}`, n * 60)),
      'failures that only a status tells': times(12, (n) => failure(`p${n}`, n, { action: 'user_login' })),
    },
    misses: {
      'nine people': times(9, (n) => failure(`p${n}`, n)),
      'ten failures of seven people': times(10, (n) => failure(`p${n % 7}`, n)),
      'ten people from two addresses': times(10, (n) => failure(`p${n}`, n, { from: n % 2 === 0 ? HOME : ABROAD })),
      'ten people over four days': times(10, (n) => failure(`p${n}`, n * 600)),
      'ten people who come in': times(10, (n) => login(`p${n}`, n)),
    },
  },
  'brute-force-with-success': {
    matches: {
      'seven failures and a success': [...times(7, (n) => failure('bea', n)), login('bea', 8, { from: ABROAD })],
      'twelve failures among which one status says success': [
        ...times(12, (n) => failure('bea', n * 3)),
        login('bea', 40, { from: ABROAD, status: 'Successful' }),
      ],
    },
    misses: {
      'twelve failures': times(12, (n) => failure('bea', n)),
      'twelve logins': times(12, (n) => login('bea', n)),
      'the success is from elsewhere': [...times(12, (n) => failure('bea', n)), login('bea', 13, { from: OFFICE })],
      'the success is of somebody else': [...times(12, (n) => failure('bea', n)), login('cem', 13, { from: ABROAD })],
      'three typing errors': [...times(3, (n) => failure('bea', n)), login('bea', 4, { from: ABROAD })],
      'the success comes two hours later': [...times(7, (n) => failure('bea', n)), login('bea', 130, { from: ABROAD })],
    },
  },
  'login-country-new-to-person': {
    matches: {
      'Germany for weeks, then Iceland': [
        login('bea', -9 * DAY),
        login('bea', -DAY),
        login('bea', 0, { from: ABROAD }),
      ],
      'Iceland was 40 days ago': [login('bea', -40 * DAY, { from: ABROAD }), login('bea', 0, { from: ABROAD })],
      'new only to this person': [login('cem', -DAY, { from: ABROAD }), login('bea', 0, { from: ABROAD })],
    },
    misses: {
      'impersonated user': { action: 'impersonated_user', from: ABROAD, context: [user('bea')] },
      'login as user': { action: 'login_as_user', from: ABROAD, context: [user('bea')] },

      'Iceland was 20 days ago': [login('bea', -20 * DAY, { from: ABROAD }), login('bea', 0, { from: ABROAD })],
      'a login that failed': failure('bea', 0),
      'somebody else has logged in as the person': {
        action: 'user_logged_in_as_user',
        from: ABROAD,
        context: [user('bea')],
      },
      'a look at a page': { action: 'confluence_page_viewed', from: ABROAD },
      'nobody knows from where': login('bea', 0, { from: { ip: '192.0.2.66', country: '' } }),
    },
  },
  'login-network-new-to-person': {
    matches: {
      'another network in the same country': [login('bea', -DAY), login('bea', 0, { from: HOME })],
    },
    misses: {
      'another address of the same network': [
        login('bea', -DAY),
        login('bea', 0, { from: { ...OFFICE, ip: '203.0.113.99' } }),
      ],
      'a login that failed': failure('bea', 0),
      'an address whose network is not known': login('bea', 0, { from: { ip: '10.0.0.1', country: 'Germany' } }),
    },
  },
  impersonation: {
    matches: {
      'impersonated user': { action: 'impersonated_user', context: [user('bea')] },
      'login as user': { action: 'login_as_user', context: [user('bea')] },
      'logged in as': { action: 'logged_in_as', context: [user('bea')] },
      'user impersonation started': { action: 'user_impersonation_started', context: [user('bea')] },

      'as the API tells it': { action: 'user_logged_in_as_user', context: [user('bea')] },
      'as it might tell it': { action: 'admin_logged_in_as_customer', context: [user('bea')] },
    },
    misses: {
      'user impersonation ended': { action: 'user_impersonation_ended', context: [user('bea')] },

      'the end of it': { action: 'impersonation_ended', context: [user('bea')] },
      'a login of one’s own': login('bea', 0),
      'it was refused': { action: 'user_logged_in_as_user', context: [user('bea')], status: 'FAILURE' },
    },
  },
};
