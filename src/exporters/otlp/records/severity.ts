import { SeverityNumber } from '@opentelemetry/api-logs';
import { type JsonObject, memberOf, textsIn } from '../../../core/json.ts';

export interface Severity {
  readonly severityNumber: SeverityNumber;
  readonly severityText: 'INFO' | 'WARN' | 'ERROR';
}

const INFO: Severity = { severityNumber: SeverityNumber.INFO, severityText: 'INFO' };
const WARN: Severity = { severityNumber: SeverityNumber.WARN, severityText: 'WARN' };
const ERROR: Severity = { severityNumber: SeverityNumber.ERROR, severityText: 'ERROR' };

/** ECS categories of what somebody has found to be wrong. */
const FINDINGS = new Set(['intrusion_detection', 'malware', 'threat', 'vulnerability']);

/** A finding is an error, something that failed a warning, everything else information. ECS fields in. */
export function severityOf(fields: JsonObject): Severity {
  const event = fields['event'];
  const isFinding = textsIn(memberOf(event, 'category')).some((category) => FINDINGS.has(category));
  if (isFinding || memberOf(event, 'kind') === 'alert') return ERROR;
  return memberOf(event, 'outcome') === 'failure' ? WARN : INFO;
}
