/** What comes of a request; that it went wrong is a value. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The server wants a token, or another one. */
  | { readonly kind: 'unauthorized' }
  /** In a sentence. */
  | { readonly kind: 'failed'; readonly message: string };
