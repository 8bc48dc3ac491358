import { describe, expect, test } from 'vitest';
import { memberOf, objectsIn, textsIn } from '../../src/core/json.ts';
import { loadContent } from '../../src/setup/kibana/content.ts';
import { contentWith } from './content-folder.ts';
import { CONNECTOR, startKibana } from './kibana-server.ts';
import {
  ALL_NEW,
  AS_IT_SHOULD_BE,
  attributeOf,
  DATA_VIEW,
  formerly,
  install,
  installed,
  items,
  LOCKED,
  memberObject,
  notices,
  OVERVIEW,
  removed,
  retitled,
  sprayingRule,
  tokenRule,
} from './setting-up.ts';

describe('setup --kibana-url', () => {
  test('installs everything, and the second time changes nothing', async () => {
    const kibana = await startKibana(LOCKED);
    expect(await installed(kibana)).toEqual(ALL_NEW);
    expect(kibana.counts()).toEqual({ objects: 5, rules: 2 });
    expect(typeof attributeOf(kibana.object('dashboard', OVERVIEW), 'panelsJSON')).toBe('string');
    expect(kibana.rule(tokenRule)).toMatchObject({ enabled: false });
    const { length } = kibana.writes;
    expect(await installed(kibana)).toEqual(AS_IT_SHOULD_BE);
    expect(kibana.writes).toHaveLength(length);
  });

  test.each(['8.19.0', '9.1.4', '9.4.0'])(
    'Kibana %s takes all that is shipped, and what it gives back is no change',
    async (version) => {
      const kibana = await startKibana({ ...LOCKED, version, spaces: ['soc'] });
      const shipped = { contentFolder: 'kibana' };
      const { length } = loadContent('kibana');
      expect(await installed(kibana, shipped)).toEqual({ create: length });
      expect(await installed(kibana, shipped)).toEqual({ none: length });
      expect(await installed(kibana, { ...shipped, space: 'soc' })).toEqual({ create: length });
      expect(await installed(kibana, { ...shipped, space: 'soc' })).toEqual({ none: length });
    },
  );

  test('a dry run tells what would change and changes nothing', async () => {
    const kibana = await startKibana(LOCKED);
    expect(await installed(kibana, { dryRun: true })).toEqual(ALL_NEW);
    expect(kibana.writes).toEqual([]);
    await install(kibana);
    const { length } = kibana.writes;
    const newer = contentWith('dashboard', OVERVIEW, retitled('[Atlassian Cloud] Start here'));
    const steps = await install(kibana, { contentFolder: newer, former: formerly(items), dryRun: true });
    const diffs = steps.flatMap((step) =>
      step.kind === 'item' && step.planned.diff !== '' ? [step.planned.diff] : [],
    );
    expect(diffs).toHaveLength(1);
    expect(diffs[0]).toContain('-    "title": "[Atlassian Cloud] Overview"');
    expect(diffs[0]).toContain('+    "title": "[Atlassian Cloud] Start here"');
    expect(kibana.writes).toHaveLength(length);
  });

  test('what an older version has installed is updated, and only that is sent', async () => {
    const kibana = await startKibana(LOCKED);
    await install(kibana);
    const newer = contentWith('dashboard', OVERVIEW, retitled('[Atlassian Cloud] Start here'));
    const options = { contentFolder: newer, former: formerly(items) };
    const untouched = kibana.object('dashboard', 'atlassian_shipper-person');
    expect(await installed(kibana, options)).toEqual({ update: 1, none: items.length - 1 });
    expect(attributeOf(kibana.object('dashboard', OVERVIEW), 'title')).toBe('[Atlassian Cloud] Start here');
    expect(kibana.object('dashboard', 'atlassian_shipper-person')).toBe(untouched);
    expect(await installed(kibana, options)).toEqual(AS_IT_SHOULD_BE);
  });

  test("a person's change is kept and told, until it is taken over", async () => {
    const kibana = await startKibana(LOCKED);
    await install(kibana);
    kibana.editObject('dashboard', OVERVIEW, retitled('Mine'));
    kibana.editRule(sprayingRule, (rule) => ({ ...rule, query: 'event.action : "my_own"' }));
    const steps = await install(kibana);
    expect(steps.filter((step) => step.kind === 'item' && step.planned.change === 'changed by a person')).toHaveLength(
      2,
    );
    expect(notices(steps)).toEqual([expect.stringMatching(/^2 objects kept.*--take-over/)]);
    expect(attributeOf(kibana.object('dashboard', OVERVIEW), 'title')).toBe('Mine');
    expect(kibana.rule(sprayingRule)).toMatchObject({ query: 'event.action : "my_own"' });
    expect(await installed(kibana, { takeOver: true })).toEqual({ update: 2, none: items.length - 2 });
    expect(await installed(kibana)).toEqual(AS_IT_SHOULD_BE);
  });

  test('a tab more in a saved search is a change of a person', async () => {
    const kibana = await startKibana({ ...LOCKED, version: '9.4.0' });
    await install(kibana);
    kibana.editObject('search', 'atlassian_shipper-events', (search) => {
      const tabs = objectsIn(memberOf(search['attributes'], 'tabs'));
      return { ...search, attributes: { ...memberObject(search, 'attributes'), tabs: [...tabs, ...tabs] } };
    });
    expect(await installed(kibana)).toEqual({ 'changed by a person': 1, none: items.length - 1 });
  });

  test("what Kibana counts and a person's tags are no change, and the tags stay", async () => {
    const kibana = await startKibana(LOCKED);
    await install(kibana);
    const mine = { type: 'tag', id: 'mine', name: 'tag-ref-mine' };
    kibana.editObject('index-pattern', DATA_VIEW, (view) => ({
      ...view,
      attributes: { ...memberObject(view, 'attributes'), fieldAttrs: '{"user.name":{"count":7}}' },
    }));
    kibana.editObject('dashboard', OVERVIEW, (dashboard) => ({
      ...dashboard,
      references: [...objectsIn(dashboard['references']), mine],
    }));
    expect(await installed(kibana)).toEqual(AS_IT_SHOULD_BE);
    const newer = contentWith('dashboard', OVERVIEW, retitled('Newer'));
    await install(kibana, { contentFolder: newer, former: formerly(items) });
    const references = objectsIn(kibana.object('dashboard', OVERVIEW)?.['references']);
    expect(references).toContainEqual(mine);
    expect(references.filter(({ type }) => type === 'tag')).toHaveLength(2);
  });

  test('an update of a rule leaves it switched on, with its actions, exceptions and tags', async () => {
    const kibana = await startKibana(LOCKED);
    await install(kibana);
    const own = {
      enabled: true,
      actions: [{ id: CONNECTOR, group: 'default', action_type_id: '.slack', params: { message: 'look' } }],
      exceptions_list: [{ id: 'e', list_id: 'e', type: 'rule_default', namespace_type: 'single' }],
    };
    kibana.editRule(tokenRule, (rule) => ({ ...rule, ...own, tags: [...textsIn(rule['tags']), 'watched by the SOC'] }));
    const id = kibana.rule(tokenRule)?.['id'];
    expect(await installed(kibana)).toEqual(AS_IT_SHOULD_BE);
    const newer = contentWith('security_rule', tokenRule, (rule) => ({
      ...rule,
      attributes: { ...memberObject(rule, 'attributes'), risk_score: 73 },
    }));
    const steps = await install(kibana, { contentFolder: newer, former: formerly(items) });
    expect(kibana.rule(tokenRule)).toMatchObject({ ...own, id, risk_score: 73 });
    expect(kibana.rule(tokenRule)?.['tags']).toEqual(expect.arrayContaining(['Atlassian', 'watched by the SOC']));
    expect(notices(steps)).toEqual([expect.stringMatching(/^1 rule that is switched on.*privileges/)]);
  });

  test('what Fleet has installed from the content package is left to Fleet, also by --take-over', async () => {
    const kibana = await startKibana(LOCKED);
    await install(kibana);
    kibana.editObject('dashboard', OVERVIEW, (object) => ({ ...retitled('From the package')(object), managed: true }));
    kibana.editRule(tokenRule, (rule) => ({ ...rule, immutable: true, risk_score: 1 }));
    expect(await installed(kibana, { takeOver: true })).toEqual({ 'managed by Fleet': 2, none: items.length - 2 });
    expect(attributeOf(kibana.object('dashboard', OVERVIEW), 'title')).toBe('From the package');
  });

  test('each space has its own, and links stay within it', async () => {
    const kibana = await startKibana({ ...LOCKED, basePath: '/kibana', spaces: ['soc'] });
    expect(await installed(kibana)).toEqual(ALL_NEW);
    expect(await installed(kibana, { space: 'soc' })).toEqual(ALL_NEW);
    expect(await installed(kibana, { space: 'soc' })).toEqual(AS_IT_SHOULD_BE);
    expect(await installed(kibana, { space: 'default' })).toEqual(AS_IT_SHOULD_BE);
    expect(kibana.counts('soc')).toEqual(kibana.counts());
    const text = JSON.stringify(kibana.object('dashboard', `${OVERVIEW}-soc`, 'soc'));
    expect(text).toContain('#/view/atlassian_shipper-person-soc');
    expect(text.match(/"id":"atlassian_shipper-[a-z-]+"/g)?.every((id) => id.endsWith('-soc"'))).toBe(true);
    expect(await removed(kibana, { space: 'soc' })).toMatchObject({ [OVERVIEW]: 'removed', [tokenRule]: 'removed' });
    expect(kibana.counts('soc')).toEqual({ objects: 0, rules: 0 });
    expect(await installed(kibana)).toEqual(AS_IT_SHOULD_BE);
  });

  test('an id that another space has is told, since Kibana makes a copy of it', async () => {
    const kibana = await startKibana({ ...LOCKED, spaces: ['soc'] });
    await install(kibana, { space: 'soc' });
    const imported = kibana.object('dashboard', `${OVERVIEW}-soc`, 'soc');
    const clash = { ...imported, id: OVERVIEW };
    const other = await startKibana({ ...LOCKED, spaces: ['soc'] });
    other.addObject(clash, 'soc');
    await expect(install(other)).rejects.toMatchObject({
      problem: { code: 'import-refused', message: expect.stringContaining(`${OVERVIEW} is in another space`) },
    });
  });
});
