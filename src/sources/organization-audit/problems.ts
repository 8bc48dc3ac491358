import type { Problem } from '../../core/problem.ts';

/** Every way in which the API fails, with what the person who reads it can do. `said` is the API's own text, scrubbed. */

export function unauthorized(said: string): Problem {
  return problem(
    'unauthorized',
    'Atlassian refused the API key (401).',
    said,
    'The key has expired (keys last a year at most), was revoked, or is not an organization API key; a token of a Jira or ' +
      'Confluence site is refused here too. Create a key at admin.atlassian.com > Organization settings > API keys with the ' +
      'scope read:events:admin and put it in ATLASSIAN_API_KEY, or in the file that the configuration names.',
  );
}

export function forbidden(said: string): Problem {
  return problem(
    'forbidden',
    'Atlassian does not let this key read the audit log of this organization (403).',
    said,
    'Check that the key has the scope read:events:admin (scopes of a key can not be changed: create a new one), that the ' +
      'person who created it is still an organization admin, and that the organization id is the one of that key.',
  );
}

export function notFound(orgId: string, said: string): Problem {
  return problem(
    'not-found',
    `Atlassian knows no organization ${orgId} (404).`,
    said,
    'Copy the organization id from the address of admin.atlassian.com (…/o/<organization id>/…) and check the API address.',
  );
}

/** What may be behind a log without events. */
export const SILENCE_REMEDY =
  'the organization may lack Atlassian Guard or an Enterprise plan, events may be excluded in its settings, or this may be another organization.';

/** Where to is not said: a hostile answer could put the key there. */
export function redirected(status: number): Problem {
  return problem(
    'redirected',
    `The API address answers with a redirect (${status}), which is never followed: the key is sent nowhere else.`,
    '',
    'Check ATLASSIAN_API_URL (default https://api.atlassian.com) and any proxy on the way.',
  );
}

export function refused(status: number, said: string): Problem {
  return problem(
    'request-refused',
    `Atlassian refused the request (${status}).`,
    said,
    'Check the look-back (180 days at most) and the organization id; if both are right, report it with this message.',
  );
}

export function throttled(said: string): Problem {
  return problem(
    'throttled',
    'Atlassian asked to slow down (429).',
    said,
    'Nothing is lost; the shipper waits. If it lasts, something else uses the same key or the limit is lower than configured: ' +
      'give each its share with requests_per_minute (50 a minute in all).',
  );
}

export function unavailable(status: number, said: string): Problem {
  return problem('unavailable', `Atlassian answered ${status}.`, said, 'Nothing is lost; the shipper tries again.');
}

export function unreachable(code: string, detail: string): Problem {
  return problem(
    'unreachable',
    `No answer from the API (${code}: ${detail}).`,
    '',
    'Nothing is lost; the shipper tries again. If it lasts, check ATLASSIAN_API_URL if you set it, DNS, firewall, HTTPS_PROXY, ' +
      'and NODE_EXTRA_CA_CERTS for a proxy with a certificate of its own.',
  );
}

export function notTheApi(what: string): Problem {
  return problem(
    'not-the-api',
    `The answer is not the audit log: ${what}.`,
    '',
    'Nothing is lost; the shipper tries again. If it lasts, a login page or a proxy answers in place of the API: check ' +
      'ATLASSIAN_API_URL and HTTPS_PROXY.',
  );
}

function problem(code: string, what: string, said: string, remedy: string): Problem {
  return { code, message: said === '' ? what : `${what} It said: ${said.replace(/[.\s]*$/, '')}.`, remedy };
}
