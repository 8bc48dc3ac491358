import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import type { AuditObject } from '../../src/transform/ecs-document.ts';
import { outcomeOf } from '../../src/transform/outcome.ts';

function element(type: string | undefined, attributes: JsonObject | undefined): AuditObject {
  return { id: undefined, type, attributes };
}

const USER = element('users', { name: 'failed', status: 'active' });

describe('the outcome', () => {
  test.each([
    ['success', { status: 'FAILURE' }, 'failure'],
    ['success', { status: 'ERROR' }, 'failure'],
    ['success', { status: 'UNSUCCESSFUL' }, 'failure'],
    ['success', { status: 'BLOCKED' }, 'failure'],
    ['success', { result: ' failed ' }, 'failure'],
    ['success', { result: 'REJECTED' }, 'failure'],
    ['unknown', { outcome: 'denied' }, 'failure'],
    ['unknown', { success: false }, 'failure'],
    ['success', { success: 'false' }, 'failure'],
    ['unknown', { status: 'success' }, 'success'],
    ['unknown', { status: 'SUCCESSFUL' }, 'success'],
    ['unknown', { success: true }, 'success'],
    ['success', { status: 'success' }, 'success'],
    ['failure', { status: 'success' }, 'failure'],
    ['success', { status: 'active' }, 'success'],
    ['unknown', { status: 'Done' }, 'unknown'],
    ['success', { status: 500 }, 'success'],
    ['success', { status: ['failed'] }, 'success'],
    ['success', { status: 'It failed, and then it worked.' }, 'success'],
    ['success', { name: 'failed' }, 'success'],
    ['unknown', {}, 'unknown'],
  ] as const)('%s with %j is %s', (byAction, attributes, expected) => {
    const telling = element(undefined, attributes);

    expect(outcomeOf(byAction, [USER, telling], [])).toBe(expected);
    expect(outcomeOf(byAction, [], [telling])).toBe(expected);
  });

  test.each([
    ['login-attempt', 'Blocked', 'failure'],
    ['login', 'FAILURE', 'failure'],
    ['users', 'FAILURE', 'failure'],
    ['orgs', 'failed', 'failure'],
    ['something-new', 'Rejected', 'failure'],
    // States of things that are no content
    ['users', 'Blocked', 'success'],
    ['invited-user', 'Rejected', 'success'],
    ['apps', 'Blocked', 'success'],
    // Steps of a workflow
    ['issue', 'Failed', 'success'],
    ['jira-work-item', 'Rejected', 'success'],
    ['page', 'Error', 'success'],
    ['pull-request', 'Declined', 'success'],
    ['sites', 'Failed', 'success'],
    ['projects', 'failed', 'success'],
    ['integration', 'error', 'success'],
    ['access-request', 'Denied', 'success'],
  ])('success with a %s of status %s is %s', (type, status, expected) => {
    expect(outcomeOf('success', [element(type, { status })], [])).toBe(expected);
  });

  test.each([
    ['success', { loginStatus: 'failed' }, 'failure'],
    ['success', { login_status: 'FAILED' }, 'failure'],
    ['success', { status: 'FAILED_MFA' }, 'failure'],
    ['success', { status: 'loginFailed' }, 'failure'],
    ['success', { status: 'unsuccessful login' }, 'failure'],
    ['success', { status: ['failed'] }, 'failure'],
    ['success', { status: ['success', 'failed'] }, 'failure'],
    ['success', { status: 'Blocked' }, 'failure'],
    ['success', { success: 0 }, 'failure'],
    ['success', { success: false }, 'failure'],
    ['success', { result: 'failed' }, 'failure'],
    ['success', { status: 'Challenged' }, 'unknown'],
    ['success', { status: 'not successful' }, 'unknown'],
    ['success', { status: 'pending' }, 'unknown'],
    ['success', { status: 401 }, 'unknown'],
    ['success', { status: { code: 'failed' } }, 'unknown'],
    ['success', { status: 'success', result: 'locked out' }, 'unknown'],
    ['success', { status: 'Login successful' }, 'success'],
    ['success', { status: 'OK' }, 'success'],
    ['success', { success: 1 }, 'success'],
    ['unknown', { loginStatus: 'SUCCESS' }, 'success'],
    ['unknown', { status: 'active' }, 'unknown'],
    ['success', { status: 'active' }, 'success'],
    ['success', { status: '', result: null, outcome: [] }, 'success'],
    ['success', { name: 'failed', statusPage: 'failed' }, 'success'],
    ['failure', { status: 'success' }, 'failure'],
  ] as const)('of a login, %s with %j of anything is %s', (byAction, attributes, expected) => {
    for (const type of [undefined, 'users', 'login', 'content', 'sites']) {
      const telling = element(type, attributes);

      expect(outcomeOf(byAction, [USER, telling], [], true)).toBe(expected);
      expect(outcomeOf(byAction, [], [telling], true)).toBe(expected);
    }
  });

  test('is a failure if one element says so, whatever the others say', () => {
    expect(
      outcomeOf('unknown', [element('login', { status: 'success' }), element('login', { status: 'failure' })], []),
    ).toBe('failure');
    expect(outcomeOf('unknown', [element('login', { status: 'success', result: 'failure' })], [])).toBe('failure');
  });

  test('is no matter of elements without attributes', () => {
    expect(outcomeOf('unknown', [element('login', undefined)], [])).toBe('unknown');
  });
});
