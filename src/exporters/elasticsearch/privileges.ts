/** What shipping takes on the data stream, and not more: tested on a server, one missing at a time. */
export const SHIPPING_PRIVILEGES = [
  /** The first document makes the data stream. */
  'auto_configure',
  /** `create` and nothing else: what is there can't be changed or deleted. */
  'create_doc',
  /** To look whether a document that may have been delivered is there. */
  'read',
] as const;
