import type { JsonObject } from '../../src/core/json.ts';
import { idOf, type Reference } from './saved-object.ts';

/** Where a click on a value of a panel leads, with the value, the filters and the time range. */
export interface Drilldown {
  /** Unique in its panel. */
  readonly id: string;
  readonly name: string;
  readonly factoryId: 'OPEN_IN_DISCOVER_DRILLDOWN' | 'DASHBOARD_TO_DASHBOARD_DRILLDOWN';
  readonly config: JsonObject;
  /** A dashboard. */
  readonly target?: string;
}

const INVESTIGATION_ID = idOf('investigation');

export const TO_EVENTS: Drilldown = {
  id: 'to-events',
  name: 'Show the events',
  factoryId: 'OPEN_IN_DISCOVER_DRILLDOWN',
  config: { openInNewTab: false },
};

/** Of panels by `user.name`. */
export const TO_PERSON: Drilldown = {
  id: 'to-person',
  name: 'Investigate this person',
  factoryId: 'DASHBOARD_TO_DASHBOARD_DRILLDOWN',
  config: { useCurrentFilters: false, useCurrentDateRange: true, openInNewTab: false },
  target: INVESTIGATION_ID,
};

export function enhancementsOf(drilldowns: readonly Drilldown[]): JsonObject {
  const events = drilldowns.map(({ id, name, factoryId, config }) => ({
    eventId: id,
    triggers: ['FILTER_TRIGGER'],
    action: { name, factoryId, config },
  }));
  return { dynamicActions: { events } };
}

/** Kibana finds the dashboard of a drilldown by this name. */
export function referencesOf(drilldowns: readonly Drilldown[]): readonly Reference[] {
  return drilldowns.flatMap(({ id, factoryId, target }) =>
    target === undefined
      ? []
      : [{ id: target, name: `drilldown:${factoryId}:${id}:dashboardId`, type: 'dashboard' as const }],
  );
}
