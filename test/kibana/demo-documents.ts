import { isJsonObject, type JsonObject, memberOf, parseJson } from '../../src/core/json.ts';
import { ACTIONS } from '../../src/simulator/actions.ts';
import { createOrganization, type Organization } from '../../src/simulator/organization.ts';
import { chanceOf } from '../../src/simulator/random.ts';
import { createStream } from '../../src/simulator/stream.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import type { Stored } from '../assets/installed.ts';
import { rareDeeds } from './demo-deeds.ts';
import { demoGeoip } from './demo-geoip.ts';
import { moreLife } from './more-life.ts';

/** Four weeks of two organizations, as documents: always the same ones. */
export interface DemoDocuments {
  /** The simulator's own events, the attack among them. */
  readonly life: readonly Stored[];
  /** Rare deeds beside it, and a second organization that falls silent three days before the end. */
  readonly more: readonly Stored[];
  /** Ids of the documents that tell the attack, in order. */
  readonly storyIds: readonly string[];
  readonly organization: Organization;
}

export const FROM_MS = Date.parse('2026-05-04T00:00:00.000Z');
export const TO_MS = Date.parse('2026-06-01T00:00:00.000Z');
/** When the second organization's last event may have happened. */
export const SILENT_FROM_MS = TO_MS - 3 * 86_400_000;

export const ORG_ID = 'a1b2c3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d';
export const SECOND_ORG_ID = 'b2c3d4e5-6f7a-4b8c-9d0e-1f2a3b4c5d6e';

const SEED = 1;
const EVENTS = 20_000;
const SECOND_EVENTS = 600;

let made: DemoDocuments | undefined;

/** Made once in a process. */
export function demoDocuments(): DemoDocuments {
  made ??= make();
  return made;
}

/**
 * The four weeks after them, of the first organization: ordinary life that goes on as before, without an attack, and has
 * a history to compare with.
 */
export function documentsAfterwards(): readonly Stored[] {
  const organization = createOrganization(SEED, ORG_ID);
  const eventsPerSecond = (EVENTS * 1_000) / (TO_MS - FROM_MS);
  const stream = streamOf(SEED, ORG_ID, EVENTS, TO_MS, eventsPerSecond);
  return eventsOf(stream, EVENTS, EVENTS).map(documentsOf(organization));
}

function make(): DemoDocuments {
  const organization = createOrganization(SEED, ORG_ID);
  const stream = streamOf(SEED, ORG_ID, EVENTS, TO_MS);
  const second = streamOf(SEED + 1, SECOND_ORG_ID, SECOND_EVENTS, SILENT_FROM_MS);
  const theirs = new Set(second.storyIds());
  const toDocument = documentsOf(organization);
  const toTheirDocument = documentsOf(createOrganization(SEED + 1, SECOND_ORG_ID));
  const secondLife = eventsOf(second, SECOND_EVENTS).map(toTheirDocument);
  const ofTheDemo = { seed: SEED, organization, fromMs: FROM_MS, toMs: TO_MS };
  return {
    life: eventsOf(stream, EVENTS).map(toDocument),
    more: [
      ...moreLife(ofTheDemo).map(toDocument),
      ...rareDeeds(ofTheDemo).map(toDocument),
      // One attack is enough.
      ...secondLife.filter(({ id }) => !theirs.has(id)),
    ],
    storyIds: stream.storyIds(),
    organization,
  };
}

function streamOf(seed: number, orgId: string, backlog: number, toMs: number, liveEventsPerSecond = 0) {
  const live = { liveFromMs: toMs, liveEventsPerSecond };
  return createStream({ seed, orgId, backlog, fromMs: FROM_MS, toMs, ...live, badEvents: 0 });
}

function eventsOf(stream: ReturnType<typeof createStream>, count: number, first = 0): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => stream.event(first + index));
}

function documentsOf(organization: Organization): (raw: JsonObject, index: number) => Stored {
  const names = new Map(ACTIONS.map(({ id, displayName: name, group }) => [id, { name, group }]));
  const transform = createTransform({
    organizationId: organization.id,
    namespace: 'demo',
    shipperName: 'demo',
    geoip: demoGeoip(organization),
    actionNames: { of: (action) => names.get(action) },
  });
  return (raw, index) => {
    const outcome = transform(raw);
    if (outcome.kind !== 'document') throw new Error(`no document: ${outcome.reason}`);
    const fields = parseJson(outcome.document.json);
    if (!isJsonObject(fields)) throw new Error('a document is an object');
    return { id: outcome.document.id, fields: withArrival(fields, index) };
  };
}

/**
 * The one place where the harness does what the final pipeline would: the server of the tests may have no processors,
 * and documents are four weeks old when they are loaded. They arrive seconds after the API has processed them, but those
 * of one night, in which nothing was delivered, at its end.
 */
function withArrival(fields: JsonObject, index: number): JsonObject {
  const createdMs = Date.parse(String(memberOf(fields['event'], 'created')));
  const late = createdMs >= OUTAGE_FROM_MS && createdMs < OUTAGE_TO_MS;
  const arrivedMs = (late ? OUTAGE_TO_MS : createdMs) + chanceOf(SEED, 0x1a6, index).between(2_000, 45_000);
  const event = isJsonObject(fields['event']) ? fields['event'] : {};
  return { ...fields, event: { ...event, ingested: new Date(arrivedMs).toISOString() } };
}

const OUTAGE_FROM_MS = Date.parse('2026-05-27T10:00:00.000Z');
export const OUTAGE_TO_MS = Date.parse('2026-05-28T02:00:00.000Z');
