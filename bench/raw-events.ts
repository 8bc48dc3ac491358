import { type JsonValue, memberOf, parseJson } from '../src/core/json.ts';
import { startSimulator } from '../src/simulator/simulator.ts';

const PAGE = 500;

/**
 * Events of the simulator as texts, one each. Their addresses, which belong to nobody, are moved into networks that
 * GeoIP databases know, so that there is something to find: about a thousand different ones.
 */
export async function rawEvents(count: number): Promise<readonly string[]> {
  const simulator = await startSimulator({ backlog: count, requestsPerMinute: 'unlimited' });
  try {
    const texts: string[] = [];
    for (let cursor: string | undefined; texts.length < count; ) {
      const parameters = new URLSearchParams({
        from: '0',
        limit: String(PAGE),
        ...(cursor !== undefined && { cursor }),
      });
      const url = `${simulator.url}/admin/v1/orgs/${simulator.orgId}/events-stream?${parameters}`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${simulator.apiKey.reveal()}` } });
      const page = parseJson(await answer.text());
      const events = memberOf(page, 'data');
      if (!Array.isArray(events)) throw new Error(`no events: ${answer.status}`);
      texts.push(...events.map((event: JsonValue) => known(JSON.stringify(event))));
      const next = memberOf(memberOf(page, 'meta'), 'next');
      cursor = typeof next === 'string' ? next : undefined;
    }
    return texts;
  } finally {
    await simulator.close();
  }
}

function known(text: string): string {
  return text
    .replaceAll('"203.0.113.', '"84.132.10.')
    .replaceAll('"198.51.100.', '"73.162.20.')
    .replaceAll('"192.0.2.', '"82.221.30.')
    .replaceAll('"2001:db8:', '"2a02:908:');
}
