import type { Problem } from '../core/problem.ts';

const DAY_MS = 86_400_000;
const WARNING_DAYS = [30, 7, 1];

/** Whole days until the key ends, 0 on its last day, negative afterwards. Days are those of UTC. */
export function daysLeft(expiresOn: string, nowMs: number): number {
  return Math.floor(Date.parse(`${expiresOn}T00:00:00Z`) / DAY_MS) - Math.floor(nowMs / DAY_MS);
}

/** `undefined` as long as there is time. The code changes at 30, 7 and 1 days and at the end: each is told once. */
export function keyExpiryNotice(expiresOn: string, nowMs: number): Problem | undefined {
  const days = daysLeft(expiresOn, nowMs);
  if (days < 0)
    return notice(
      'key-expired',
      `The API key ended on ${expiresOn}, if the configuration is right (api_key_expires_on).`,
    );
  const step = WARNING_DAYS.findLast((limit) => days <= limit);
  if (step === undefined) return undefined;
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  return notice(`key-expires-within-${step}-days`, `The API key ends ${when}, on ${expiresOn}.`);
}

function notice(code: string, message: string): Problem {
  return {
    code,
    message,
    remedy:
      'Create a key at admin.atlassian.com > Organization settings > API keys with the scope read:events:admin, write it into the file of the old one (api_key_file: no restart is needed), and set api_key_expires_on (ATLASSIAN_API_KEY_EXPIRES_ON) to its day, which holds from the next start.',
  };
}
