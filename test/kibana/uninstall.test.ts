import { describe, expect, test } from 'vitest';
import { startKibana } from './kibana-server.ts';
import {
  DATA_VIEW,
  install,
  items,
  LOCKED,
  OVERVIEW,
  removed,
  retitled,
  sprayingRule,
  tokenRule,
} from './setting-up.ts';

describe('setup --kibana-url --uninstall', () => {
  test('removes what is ours and unchanged, and nothing else', async () => {
    const kibana = await startKibana(LOCKED);
    await install(kibana);
    kibana.addObject({ type: 'dashboard', id: 'mine', attributes: { title: 'Mine' }, references: [] });
    const { length } = kibana.writes;
    expect(Object.values(await removed(kibana, { dryRun: true }))).toEqual(items.map(() => 'removed'));
    expect(kibana.writes).toHaveLength(length);
    await removed(kibana);
    expect(kibana.counts()).toEqual({ objects: 1, rules: 0 });
    expect(Object.values(await removed(kibana))).toEqual(items.map(() => 'was not there'));
  });

  test('keeps what a person has changed, and what that or their own objects need', async () => {
    const kibana = await startKibana(LOCKED);
    await install(kibana);
    kibana.editObject('dashboard', OVERVIEW, retitled('Mine'));
    kibana.editRule(tokenRule, (rule) => ({ ...rule, risk_score: 1 }));
    expect(await removed(kibana)).toEqual({
      [OVERVIEW]: 'changed by a person',
      [tokenRule]: 'changed by a person',
      [sprayingRule]: 'removed',
      'atlassian_shipper-person': 'removed',
      'atlassian_shipper-events': { neededBy: 'dashboard "Mine"' },
      [DATA_VIEW]: { neededBy: expect.stringContaining('"') },
      'atlassian_shipper-tag-audit': { neededBy: expect.stringContaining('"') },
    });
    expect(kibana.counts()).toEqual({ objects: 4, rules: 1 });
  });
});

test('rules with actions or exceptions of a person stay', async () => {
  const kibana = await startKibana(LOCKED);
  await install(kibana);
  kibana.editRule(tokenRule, (rule) => ({ ...rule, actions: [{ id: 'mail', group: 'default', params: {} }] }));
  expect(await removed(kibana)).toMatchObject({ [tokenRule]: 'in use', [sprayingRule]: 'removed' });
  expect(kibana.counts()).toMatchObject({ rules: 1 });
});

test('what a person needs of ours stays, with what that needs in turn', async () => {
  const kibana = await startKibana(LOCKED);
  await install(kibana);
  const references = [{ type: 'search', id: 'atlassian_shipper-events', name: 'panel_1' }];
  kibana.addObject({ type: 'dashboard', id: 'mine', attributes: { title: 'Mine' }, references });
  expect(await removed(kibana)).toMatchObject({
    [OVERVIEW]: 'removed',
    'atlassian_shipper-events': { neededBy: 'dashboard "Mine"' },
    [DATA_VIEW]: { neededBy: 'search "[Atlassian Cloud] Events"' },
  });
  expect(kibana.counts()).toEqual({ objects: 4, rules: 0 });
});
