import { DASHBOARDS } from './dashboards/index.ts';
import { DATA_VIEW } from './data-view.ts';
import { RULE_OBJECTS } from './rules/index.ts';
import type { SavedObject } from './saved-object.ts';
import { SAVED_SEARCHES } from './searches.ts';
import { TAGS } from './tags.ts';

/** All that is generated; what others refer to comes first. */
export const OBJECTS: readonly SavedObject[] = [...TAGS, DATA_VIEW, ...SAVED_SEARCHES, ...DASHBOARDS, ...RULE_OBJECTS];
