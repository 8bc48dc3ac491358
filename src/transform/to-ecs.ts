import type { ActionNames } from '../core/action-names.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import type { Transform, TransformOutcome } from '../core/transform.ts';
import { auditOf } from './audit.ts';
import { auditObjects } from './audit-objects.ts';
import { type ActionClass, createClassifier } from './classify.ts';
import { DATASET, ECS_VERSION, type EcsDocument } from './ecs-document.ts';
import { ecsEvent } from './ecs-event.ts';
import { urlOf } from './entities/link.ts';
import { organizationNameOf } from './entities/organization.ts';
import { type Geoip, sourceOf } from './network.ts';
import { type Original, originalOf } from './original.ts';
import { outcomeOf } from './outcome.ts';
import { actorOf } from './people/actor.ts';
import { targetsOf } from './people/targets.ts';
import { actingUser } from './people/user.ts';
import type { Redact } from './privacy/redactor.ts';
import { object, text } from './read.ts';
import { reasonOf } from './reason.ts';
import { NESTED_TOO_DEEPLY, rejectionReason } from './rejection.ts';
import { relatedOf } from './related.ts';
import { type Required, requiredOf } from './required.ts';
import { createTagger } from './tags.ts';

export interface TransformOptions {
  readonly organizationId: string;
  /** Namespace of the data stream. */
  readonly namespace: string;
  readonly shipperVersion?: string | undefined;
  /** Names the shipper in `agent.name`. */
  readonly shipperName?: string | undefined;
  /** Put on every document. */
  readonly tags?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Where addresses are; without it, `source.geo` has what the event says. */
  readonly geoip?: Geoip | undefined;
  /** What the API calls its actions. */
  readonly actionNames?: ActionNames | undefined;
  /** What documents must not tell of people; without it, they tell all. */
  readonly redact?: Redact | undefined;
}

/**
 * Events of the organization audit log as ECS documents. Strict about `id`, `attributes.time` and
 * `attributes.action`, lenient about everything else: an odd value costs its field, never the event, which is
 * whole in `event.original`.
 */
export function createTransform(options: TransformOptions): Transform {
  const classify = createClassifier();
  const write = documentWriter(options);
  return (raw) => {
    const required = requiredOf(raw);
    if (required === undefined || !isJsonObject(raw)) return rejected(rejectionReason(raw));
    const redaction = options.redact?.(raw);
    const original = originalOf(raw, redaction);
    if (original === undefined) return rejected(NESTED_TOO_DEEPLY);
    const fields = write({ raw, required, original, action: classify(required.action) });
    const kept = redaction === undefined ? fields : redaction.document(fields);
    return { kind: 'document', document: { id: required.id, json: JSON.stringify(kept) } };
  };
}

function rejected(reason: string): TransformOutcome {
  return { kind: 'rejected', reason };
}

type Parts = {
  readonly raw: JsonObject;
  readonly required: Required;
  readonly original: Original;
  readonly action: ActionClass;
};

function documentWriter(options: TransformOptions): (parts: Parts) => EcsDocument {
  const tagsOf = createTagger(options.tags ?? []);
  const constant = constantFields(options);

  /** In the order in which a person reads a document. */
  return ({ raw, required, original, action }) => {
    const attributes = object(raw['attributes']);
    const location = object(attributes['location']);
    const message = object(raw['message']);
    const context = auditObjects(attributes['context']);
    const container = auditObjects(attributes['container']);

    const actor = actorOf(object(attributes['actor']));
    const targets = targetsOf(context, actor.user);
    const effective = actor.onBehalfOf ?? (action.impersonation ? targets.people[0] : undefined);
    const source = sourceOf(location, options.geoip);
    const isLogin = action.categories.includes('authentication');
    const outcome = outcomeOf(action.outcome, context, container, isLogin);
    const audit = auditOf({
      action: options.actionNames?.of(required.action),
      product: action.product,
      actor: actor.details,
      targets,
      context,
      container,
      location,
      message,
    });

    return {
      '@timestamp': required.timestamp,
      message: text(message['content']),
      event: ecsEvent({
        required,
        action,
        outcome,
        reason: outcome === 'failure' ? reasonOf(context, container) : undefined,
        processedAt: attributes['processedAt'],
        original,
      }),
      user: actingUser({ actor: actor.user, effective, targets }),
      group: targets.groups[0],
      source,
      url: urlOf(attributes['context'], attributes['container']),
      organization: {
        id: options.organizationId,
        name: organizationNameOf(options.organizationId, container, context),
      },
      related: relatedOf({
        people: [actor.user, effective, ...targets.people, targets.changes],
        ip: source?.ip,
        host: audit?.site?.['host'],
        context,
      }),
      observer: constant.observer,
      atlassian_cloud: audit && { audit },
      tags: tagsOf(action, original),
      labels: constant.labels,
      data_stream: constant.data_stream,
      agent: constant.agent,
      ecs: constant.ecs,
    };
  };
}

type ConstantFields = Pick<EcsDocument, 'observer' | 'labels' | 'data_stream' | 'agent' | 'ecs'>;

function constantFields({ namespace, labels, shipperName, shipperVersion }: TransformOptions): ConstantFields {
  return {
    labels: labels === undefined || Object.keys(labels).length === 0 ? undefined : labels,
    observer: { vendor: 'Atlassian', product: 'Atlassian Cloud', type: 'saas' },
    data_stream: { type: 'logs', dataset: DATASET, namespace },
    agent: { type: 'atlassian-shipper', name: shipperName, version: shipperVersion },
    ecs: { version: ECS_VERSION },
  };
}
