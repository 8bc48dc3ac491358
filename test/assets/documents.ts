import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { goldens } from '../transform/golden.ts';
import type { Stored } from './installed.ts';

/** Every golden document; what was rejected is none. */
export function goldenDocuments(): readonly Stored[] {
  return goldens().flatMap(({ name, expected }) =>
    isJsonObject(expected) && '@timestamp' in expected ? [{ id: name, fields: expected }] : [],
  );
}

/** A document that every server takes, with something else in it. */
export function documentWith(id: string, more: JsonObject = {}): Stored {
  const login = goldenDocuments().find((document) => document.id === 'login');
  return { id, fields: { ...login?.fields, ...more } };
}

export function withAttributes(id: string, attributes: JsonObject): Stored {
  return documentWith(id, {
    atlassian_cloud: { audit: { context: [{ id: 'c-1', type: 'ari:cloud:x', attributes }] } },
  });
}
