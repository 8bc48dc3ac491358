import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterDocuments } from '../../src/page/document-filter.ts';
import type { DocumentSummary } from '../../src/server/api.ts';

const LOGIN: DocumentSummary = {
  id: '1',
  atMs: 0,
  category: ['authentication'],
  action: 'user_login',
  outcome: 'failure',
  actor: 'Ada Example',
  place: 'Iceland 192.0.2.66',
  message: 'Ada Example failed to log in',
};
const GROUP: DocumentSummary = {
  ...LOGIN,
  id: '2',
  category: ['iam', 'configuration'],
  action: 'user_added_to_group',
  outcome: 'success',
  message: 'Added Ben Sample to group site-admins',
};
const ALL = [LOGIN, GROUP];

describe('the filter', () => {
  test.each([
    ['', ['1', '2']],
    ['   ', ['1', '2']],
    ['ada', ['1', '2']],
    ['ADA failure', ['1']],
    [' site-admins\tiam ', ['2']],
    ['configuration', ['2']],
    ['192.0.2', ['1', '2']],
    ['failure iam', []],
    // Where one cell ends and the next begins is no word.
    ['success Ada', ['2']],
    ['successada', []],
  ])('%j', (filter, ids) => expect(filterDocuments(ALL, filter).map(({ id }) => id)).toEqual(ids));

  test('takes any text as it is: no pattern, no error', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const word = text.trim();
        const found = filterDocuments([{ ...LOGIN, message: text }], word);
        expect(found).toHaveLength(1);
      }),
    ));

  test('more words never find more', () =>
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (one, other) => {
        expect(filterDocuments(ALL, one)).toEqual(expect.arrayContaining([...filterDocuments(ALL, `${one} ${other}`)]));
      }),
    ));
});
