/**
 * Of the Elasticsearch assets, to be raised with every change of what they hold: by it a setup knows what is newer.
 * `versions.json` records what each version held; the entry of a version that nobody has installed yet may be removed.
 */
export const ASSETS_VERSION = 1;
