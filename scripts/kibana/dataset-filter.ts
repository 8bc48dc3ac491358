import type { JsonObject } from '../../src/core/json.ts';
import { DATASET } from '../../src/transform/ecs-document.ts';

const KEY = 'data_stream.dataset';

/** Keeps whatever is shown to our documents; `index` names the data view as the place of the filter wants it. */
export function datasetFilter(index: { readonly index: string } | { readonly indexRefName: string }): JsonObject {
  return {
    $state: { store: 'appState' },
    meta: {
      alias: null,
      disabled: false,
      field: KEY,
      ...index,
      key: KEY,
      negate: false,
      params: { query: DATASET },
      type: 'phrase',
    },
    query: { match_phrase: { [KEY]: DATASET } },
  };
}
