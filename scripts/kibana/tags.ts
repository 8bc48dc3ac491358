import { idOf, type Reference, type SavedObject, savedObject } from './saved-object.ts';

const ID = idOf('tag-audit');

export const TAGS: readonly SavedObject[] = [
  savedObject('tag', ID, {
    name: 'Atlassian audit',
    description: 'Content of atlassian-shipper: audit events of Atlassian Cloud',
    color: '#6092C0',
  }),
];

/** For an object that wears the tag. */
export function tagged(): readonly Reference[] {
  return [{ id: ID, name: `tag-ref-${ID}`, type: 'tag' }];
}
