import { TO_EVENTS, TO_PERSON } from '../drilldowns.ts';
import type { Chart } from '../lens/chart.ts';
import { count, latest, top } from '../lens/column.ts';
import { chartPanel, type Panel } from '../panel.ts';

/** Columns that many panels have, so that the same thing has the same name everywhere. */
export const EVENTS = count('Events');
export const PERSON = top('user.name', 'Person');
export const LAST_SEEN = latest('@timestamp', 'Last');

export const COUNTRY = top('source.geo.country_name', 'Country');
export const COUNTRY_CODE = top('source.geo.country_iso_code', 'Country', { size: 250 });
export const ADDRESS = top('source.ip', 'Address', { type: 'ip' });
export const NETWORK = top('source.as.organization.name', 'Network');

/** Good and bad news have the same colours everywhere. */
export const GREEN = '#54B399';
export const RED = '#E7664C';
export const BLUE = '#6092C0';

/** Leads to the events. */
export function panel(title: string, chart: Chart, description?: string): Panel {
  return chartPanel(title, chart, { drilldowns: [TO_EVENTS], ...(description !== undefined && { description }) });
}

/** A chart by `user.name`: leads to the person, and to the events. */
export function personPanel(title: string, chart: Chart, description?: string): Panel {
  const drilldowns = [TO_PERSON, TO_EVENTS];
  return chartPanel(title, chart, { drilldowns, ...(description !== undefined && { description }) });
}
