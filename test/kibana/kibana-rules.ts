import { randomUUID } from 'node:crypto';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  memberOf,
  objectsIn,
  parseJson,
  textsIn,
} from '../../src/core/json.ts';
import { type Asked, boom, ok, type Reply } from './kibana-reply.ts';

const REQUIRED = ['rule_id', 'name', 'description', 'risk_score', 'severity', 'type'];

export interface StoredRule {
  readonly space: string;
  rule: JsonObject;
}

/** Detection rules of all spaces, with the routes for them. */
export function createRules(connectors: ReadonlySet<string>) {
  const stored: StoredRule[] = [];
  const find = (space: string, ruleId: JsonValue | undefined) =>
    stored.find((one) => one.space === space && one.rule['rule_id'] === ruleId);

  function read({ query, space }: Asked): Reply {
    const ruleId = query.get('rule_id');
    if (ruleId === null) return boom(400, 'either "id" or "rule_id" must be set');
    const found = find(space, ruleId);
    if (found !== undefined) return ok(found.rule);
    return { status: 404, body: { message: `rule_id: "${ruleId}" not found`, status_code: 404 } };
  }

  function imported({ file, query, space }: Asked): Reply {
    const rules = (file ?? '').split('\n').filter(Boolean).map(parseJson).filter(isJsonObject);
    const errors: JsonObject[] = [];
    let count = 0;
    for (const rule of rules) {
      const message = ruleError(rule, rules);
      const here = find(space, rule['rule_id']);
      if (message !== undefined) errors.push(failed(rule, 400, message));
      else if (here !== undefined && query.get('overwrite') !== 'true')
        errors.push(failed(rule, 409, `rule_id: "${rule['rule_id']}" already exists`));
      else {
        if (here === undefined) stored.push({ space, rule: filledIn(rule, undefined) });
        else here.rule = filledIn(rule, here.rule);
        count += 1;
      }
    }
    return ok({
      success: errors.length === 0,
      success_count: count,
      rules_count: rules.length,
      errors,
      ...{ exceptions_success: true, exceptions_success_count: 0, exceptions_errors: [] },
      ...{ action_connectors_success: true, action_connectors_success_count: 0, action_connectors_errors: [] },
    });
  }

  function ruleError(rule: JsonObject, all: readonly JsonObject[]): string | undefined {
    const missing = REQUIRED.find((name) => rule[name] === undefined);
    if (missing !== undefined) return `${missing}: Required`;
    if (all.filter(({ rule_id }) => rule_id === rule['rule_id']).length > 1)
      return `More than one rule with rule-id: "${rule['rule_id']}" found`;
    const stranger = objectsIn(rule['actions']).find(({ id }) => !connectors.has(String(id)));
    return stranger === undefined ? undefined : `1 connector is missing. Connector id missing is: ${stranger['id']}`;
  }

  function acted({ body, space }: Asked): Reply {
    if (memberOf(body, 'action') !== 'delete') return boom(400, '[request body]: action: Invalid literal value');
    const ids = textsIn(memberOf(body, 'ids'));
    for (const id of ids) {
      const index = stored.findIndex((one) => one.space === space && one.rule['id'] === id);
      if (index >= 0) stored.splice(index, 1);
    }
    return ok({ success: true, rules_count: ids.length, attributes: { summary: { failed: 0, total: ids.length } } });
  }

  return { stored, find, read, imported, acted };
}

function failed({ rule_id = null }: JsonObject, status: number, message: string): JsonObject {
  return { rule_id, error: { status_code: status, message } };
}

/** What a rule has after it went through Kibana. */
function filledIn(rule: JsonObject, before: JsonObject | undefined): JsonObject {
  const now = new Date().toISOString();
  return {
    ...{ from: 'now-6m', to: 'now', interval: '5m', max_signals: 100, enabled: false, version: 1 },
    ...{ author: [], references: [], false_positives: [], tags: [], threat: [], actions: [], exceptions_list: [] },
    ...{ severity_mapping: [], risk_score_mapping: [], related_integrations: [], setup: '', output_index: '' },
    ...rule,
    required_fields: objectsIn(rule['required_fields']).map((field) => ({ ...field, ecs: true })),
    id: before?.['id'] ?? randomUUID(),
    revision: Number(before?.['revision'] ?? -1) + 1,
    ...{ immutable: false, rule_source: { type: 'internal' } },
    ...{ created_at: before?.['created_at'] ?? now, created_by: 'setup', updated_at: now, updated_by: 'setup' },
  };
}
