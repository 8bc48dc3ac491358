import { type JsonObject, type JsonValue, memberOf, objectsIn, stringifyJson } from '../../core/json.ts';
import { SetupError } from '../elasticsearch-api.ts';
import { demandObject, type KibanaApi, objectOf, sendImport } from './kibana-api.ts';
import { importableRule } from './ndjson.ts';
import { importRefused, notKibana } from './problems.ts';

const RULES = '/api/detection_engine/rules';

/** Those of the rules that are there, by `rule_id`; `undefined` where Kibana has no Elastic Security, which runs them. */
export async function readRules(
  api: KibanaApi,
  ruleIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, JsonObject> | undefined> {
  const found = new Map<string, JsonObject>();
  for (const ruleId of ruleIds) {
    const path = `${RULES}?rule_id=${encodeURIComponent(ruleId)}`;
    const answer = await api.send({ method: 'GET', path }, signal);
    if (answer.kind === 'answer') found.set(ruleId, ruleIn(answer.text, ruleId));
    else if (isMissingPath(answer.failure.body)) return undefined;
    else if (!isMissingRule(answer.failure.body)) throw new SetupError(answer.failure.problem);
  }
  return found;
}

function ruleIn(text: string, ruleId: string): JsonObject {
  const rule = objectOf(text);
  if (rule['rule_id'] !== ruleId) throw new SetupError(notKibana());
  return rule;
}

function isMissingRule(body: JsonValue | undefined): boolean {
  return memberOf(body, 'status_code') === 404;
}

/** Kibana's own words for a path that no plugin serves. */
function isMissingPath(body: JsonValue | undefined): boolean {
  return memberOf(body, 'statusCode') === 404;
}

/** Creates and overwrites, by `rule_id`. Throws a `SetupError` where Kibana has not taken every one of them. */
export async function importRules(api: KibanaApi, rules: readonly JsonObject[], signal: AbortSignal): Promise<void> {
  const file = rules.map((rule) => `${stringifyJson(importableRule(rule))}\n`).join('');
  const answer = await sendImport(api, { what: 'rules', path: `${RULES}/_import?overwrite=true`, file }, signal);
  const errors = ['errors', 'action_connectors_errors', 'exceptions_errors'].flatMap((name) => objectsIn(answer[name]));
  if (answer['success'] === true && answer['success_count'] === rules.length && errors.length === 0) return;
  throw new SetupError(
    importRefused(
      'rules',
      errors.map((error) => api.clean(ruleReason(error))),
    ),
  );
}

function ruleReason({ rule_id, error }: JsonObject): string {
  return [rule_id, memberOf(error, 'message')].filter((text) => typeof text === 'string').join(': ');
}

/** By the ids that Kibana has given them. */
export async function deleteRules(api: KibanaApi, rules: readonly JsonObject[], signal: AbortSignal): Promise<void> {
  if (rules.length === 0) return;
  const ids = rules.map(({ id }) => String(id));
  const answer = await demandObject(
    api,
    { method: 'POST', path: `${RULES}/_bulk_action?dry_run=false`, body: { action: 'delete', ids } },
    signal,
  );
  if (answer['success'] !== true) throw new SetupError(importRefused('deletions', []));
}
