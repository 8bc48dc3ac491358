import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assets, hashOf } from '../../scripts/assets/assets.ts';
import { COUNTRY_NAMES } from '../../scripts/assets/country-names.ts';
import { ASSETS_VERSION } from '../../scripts/assets/version.ts';
import { versionProblem } from '../../scripts/assets/versions.ts';
import { type JsonObject, memberOf, parseJson } from '../../src/core/json.ts';
import { isNameOfCountry } from '../../src/transform/enrich/geoip/countries.ts';
import { assetBodies, assetFiles } from './asset-files.ts';

const bodies = assetBodies();

/** Processors, and those that run when one of them fails. */
function processorsOf(list: unknown): readonly JsonObject[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((processor) =>
    Object.values<JsonObject>(processor).flatMap((options) => [options, ...processorsOf(options['on_failure'])]),
  );
}

describe('the files', () => {
  test('are what npm run assets writes, and no others are there', () => {
    expect(assetFiles()).toEqual(assets());
  });

  test('say whose they are, and which version', () => {
    for (const [name, { version, _meta }] of bodies) {
      const owner = { managed_by: 'atlassian-shipper', managed: true, version: ASSETS_VERSION };
      expect([name, version, _meta]).toEqual([name, ASSETS_VERSION, { ...owner, description: expect.any(String) }]);
    }
  });

  test('have names of their own, and a priority between that of Fleet and that of users', () => {
    expect([...bodies.keys()].filter((name) => !/^atlassian-shipper\.audit(@|$)/.test(name))).toEqual([]);
    expect(bodies.get('atlassian-shipper.audit')).toMatchObject({ priority: 250 });
  });

  test('leave to the user what the user may change', () => {
    const { composed_of, ignore_missing_component_templates, template } = bodies.get('atlassian-shipper.audit') ?? {};
    expect(Array.isArray(composed_of) && composed_of.at(-1)).toBe('atlassian-shipper.audit@custom');
    expect(ignore_missing_component_templates).toEqual(['atlassian-shipper.audit@custom']);
    // What stands here would win over what users write.
    expect(template).toEqual({
      mappings: { _meta: { managed_by: 'atlassian-shipper', version: ASSETS_VERSION } },
    });
  });

  test('set nothing that Serverless refuses', () => {
    expect([...assets().values()].filter((text) => /number_of_|"index\.lifecycle|default_pipeline/.test(text))).toEqual(
      [],
    );
  });
});

describe('the pipeline', () => {
  const pipeline = bodies.get('atlassian-shipper.audit@final') ?? {};

  test('tells of every processor what it does, by a tag of its own', () => {
    const all = [...processorsOf(pipeline['processors']), ...processorsOf(pipeline['on_failure'])];
    const tags = all.map(({ tag }) => tag);
    expect(all.filter(({ tag, description }) => typeof tag !== 'string' || typeof description !== 'string')).toEqual(
      [],
    );
    expect(new Set(tags).size).toBe(tags.length);
  });

  // OpenSearch does not know this option, and the Elasticsearch from Maven no processor: no test can run it.
  test('needs no pipeline of the user', () => {
    const custom = processorsOf(pipeline['processors']).at(-1);
    expect(custom).toMatchObject({ name: 'atlassian-shipper.audit@custom', ignore_missing_pipeline: true });
  });

  test('takes only such names of countries for the same as the transform does', () => {
    expect([...COUNTRY_NAMES].filter(([name, code]) => !isNameOfCountry(name, code))).toEqual([]);
  });
});

describe('the version', () => {
  test('has been raised if the assets have changed', () => {
    expect(versionProblem(hashOf(assets()))).toBeUndefined();
  });

  test('is asked for where it is still that of other assets', () => {
    const path = 'pipelines/atlassian-shipper.audit@final.json';
    const changed = new Map([...assets(), [path, '{}\n']]);
    expect(versionProblem(hashOf(changed))).toContain('Raise ASSETS_VERSION in scripts/assets/version.ts');
    expect(versionProblem(hashOf(changed), {})).toContain('is not recorded: npm run assets');
    expect(versionProblem(hashOf(changed), { [ASSETS_VERSION + 1]: 'x' })).toContain('there was a version');
  });

  test('is told from a version that has never been', () => {
    expect(memberOf(parseJson(readFileSync('scripts/assets/versions.json', 'utf8')), String(ASSETS_VERSION))).toBe(
      hashOf(assets()),
    );
  });
});
