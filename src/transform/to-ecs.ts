import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { Transform, TransformOutcome } from '../core/transform.ts';
import { actingUser, auditActor } from './actor.ts';
import { auditOf } from './audit.ts';
import { auditObjects } from './audit-objects.ts';
import { type ActionClass, createClassifier } from './classify.ts';
import { DATASET, ECS_VERSION, type EcsDocument } from './ecs-document.ts';
import { ecsEvent } from './ecs-event.ts';
import { sourceOf } from './network.ts';
import { outcomeOf } from './outcome.ts';
import { object, text } from './read.ts';
import { NESTED_TOO_DEEPLY, rejectionReason } from './rejection.ts';
import { relatedOf } from './related.ts';
import { type Required, requiredOf } from './required.ts';

export interface TransformOptions {
  readonly organizationId: string;
  /** Namespace of the data stream. */
  readonly namespace: string;
  readonly shipperVersion?: string;
}

/**
 * Events of the organization audit log as ECS documents. Strict about `id`, `attributes.time` and
 * `attributes.action`, lenient about everything else: an odd value costs its field, never the event, which is
 * whole in `event.original`.
 */
export function createTransform(options: TransformOptions): Transform {
  const classify = createClassifier();
  return (raw) => {
    const required = requiredOf(raw);
    if (required === undefined || !isJsonObject(raw)) return rejected(rejectionReason(raw));
    const original = stringified(raw);
    if (original === undefined) return rejected(NESTED_TOO_DEEPLY);
    const fields = ecsDocument({ raw, required, original, action: classify(required.action) }, options);
    return { kind: 'document', document: { id: required.id, json: JSON.stringify(fields) } };
  };
}

function rejected(reason: string): TransformOutcome {
  return { kind: 'rejected', reason };
}

/** `undefined` where `JSON.stringify` overflows the stack; what goes into a document beside it is cut far earlier. */
function stringified(raw: JsonValue): string | undefined {
  try {
    return JSON.stringify(raw);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Parts = {
  readonly raw: JsonObject;
  readonly required: Required;
  readonly original: string;
  readonly action: ActionClass;
};

/** In the order in which a person reads a document. */
function ecsDocument({ raw, required, original, action }: Parts, options: TransformOptions): EcsDocument {
  const attributes = object(raw['attributes']);
  const actor = object(attributes['actor']);
  const location = object(attributes['location']);
  const message = object(raw['message']);
  const context = auditObjects(attributes['context']);
  const container = auditObjects(attributes['container']);

  const content = text(message['content']);
  const user = actingUser(actor);
  const actorDetails = auditActor(actor);
  const source = sourceOf(location);
  const outcome = outcomeOf(action.outcome, context, container);
  const related = relatedOf({ people: [user, actorDetails?.on_behalf_of], source, context, container });
  const audit = auditOf({ actor: actorDetails, context, container, location, message });

  return {
    '@timestamp': required.timestamp,
    ...(content !== undefined && { message: content }),
    event: ecsEvent({ required, action, outcome, processedAt: attributes['processedAt'], original }),
    ...(user !== undefined && { user }),
    ...(source !== undefined && { source }),
    organization: { id: options.organizationId },
    ...(related !== undefined && { related }),
    observer: { vendor: 'Atlassian', product: 'Atlassian Cloud', type: 'saas' },
    ...(audit !== undefined && { atlassian_cloud: { audit } }),
    data_stream: { type: 'logs', dataset: DATASET, namespace: options.namespace },
    agent: agentOf(options),
    ecs: { version: ECS_VERSION },
  };
}

function agentOf({ shipperVersion }: TransformOptions): EcsDocument['agent'] {
  return { type: 'atlassian-shipper', ...(shipperVersion !== undefined && { version: shipperVersion }) };
}
