import type { SavedObject } from '../saved-object.ts';
import { ACCESS } from './access.ts';
import { AUTHENTICATION } from './authentication.ts';
import { DATA } from './data.ts';
import { DELIVERY } from './delivery.ts';
import { INVESTIGATION } from './investigation.ts';
import { OVERVIEW } from './overview.ts';

export const DASHBOARDS: readonly SavedObject[] = [OVERVIEW, AUTHENTICATION, ACCESS, DATA, INVESTIGATION, DELIVERY];
