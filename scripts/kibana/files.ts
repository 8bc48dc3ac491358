import type { SavedObject } from './saved-object.ts';

/** The path of an object's file. */
export const pathOf = ({ type, id }: SavedObject): string =>
  `kibana/${type.replace('security-', 'security_')}/${id}.json`;

export const textOf = (object: SavedObject): string => `${JSON.stringify(object, null, 2)}\n`;
