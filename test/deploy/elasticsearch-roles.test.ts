import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { apiKeyRequests } from '../../src/app/setup-elasticsearch.ts';
import { memberOf } from '../../src/core/json.ts';

const FOLDER = 'deploy/compose/elasticsearch';
const roles = parse(readFileSync(`${FOLDER}/roles.yml`, 'utf8'));

test('the users of docker compose may do what setup --privileges prints, and no more', () => {
  const { shipping, setup } = apiKeyRequests();
  for (const { name, role_descriptors: descriptors } of [shipping, setup])
    expect(roles[String(name)]).toEqual(memberOf(descriptors, String(name)));
});

test('the user that sets Kibana up may do what docs/kibana.md says', () => {
  const page = readFileSync('docs/kibana.md', 'utf8');
  const request = page.slice(page.indexOf('POST /_security/api_key\n') + 'POST /_security/api_key\n'.length);
  const { role_descriptors: descriptors } = JSON.parse(request.slice(0, request.indexOf('```')));
  expect(roles['atlassian-shipper-kibana']).toEqual(descriptors['atlassian-shipper-kibana']);
});

test('each user has the role of its name, and each role a user', () => {
  const lines = readFileSync(`${FOLDER}/users_roles`, 'utf8').trim().split('\n');
  expect(lines.sort()).toEqual(['superuser:admin', ...Object.keys(roles).map((name) => `${name}:${name}`)].sort());
  const made = readFileSync('deploy/compose/make-secrets.mts', 'utf8');
  for (const name of Object.keys(roles)) expect(made).toMatch(new RegExp(`^ {2}'${name}': '`, 'm'));
});
