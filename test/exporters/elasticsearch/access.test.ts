import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiKeyRequests } from '../../../src/app/setup-elasticsearch.ts';
import { readElasticsearchAuth } from '../../../src/config/elasticsearch-auth.ts';
import type { DocumentOutcome } from '../../../src/core/exporter.ts';
import { SHIPPING_PRIVILEGES } from '../../../src/exporters/elasticsearch/privileges.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { sharedElasticsearch } from '../../helpers/elasticsearch.ts';
import { uniqueNamespace } from '../../helpers/shared-server.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { dataStreamOn } from './data-stream.ts';

const server = await sharedElasticsearch();
const never = new AbortController().signal;
const PATTERN = 'logs-atlassian_cloud.audit-*';

const role = (privileges: readonly string[]) => ({ cluster: [], indices: [{ names: [PATTERN], privileges }] });
const kinds = (outcomes: readonly DocumentOutcome[]) => outcomes.map(({ kind }) => kind);

if (server.kind === 'missing') describe('access', () => test.skip(server.reason, () => {}));
else
  describe('access', () => {
    async function user(privileges: readonly string[]) {
      const someone = { username: uniqueNamespace(), password: `pass word ${uniqueNamespace()}` };
      if (server.kind === 'server') await server.defineUsers([{ ...someone, role: role(privileges) }]);
      return someone;
    }

    test('the documented privileges suffice for everything, rollovers and repeats included', async () => {
      const stream = await dataStreamOn(server);
      const exporter = stream.exporter({ as: await user(SHIPPING_PRIVILEGES) });
      await exporter.start?.(never);
      expect(await exporter.check(never)).toMatchObject({ kind: 'ok' });
      expect(kinds(await exporter.export([outgoingOf('a')], never))).toEqual(['delivered']);
      await stream.rollOver();
      const batch = [{ ...outgoingOf('a'), maybeDelivered: true }, outgoingOf('b')];
      expect(kinds(await exporter.export(batch, never))).toEqual(['already-present', 'delivered']);
      expect(await exporter.check(never)).toMatchObject({ kind: 'ok' });
      expect(await stream.ids()).toEqual(['a', 'b']);
    });

    test('the printed request for an API key has just these', () => {
      expect(apiKeyRequests().shipping).toEqual({
        name: 'atlassian-shipper',
        role_descriptors: { 'atlassian-shipper': role([...SHIPPING_PRIVILEGES]) },
      });
    });

    test.each(SHIPPING_PRIVILEGES)(
      'check names %s where it is missing; nothing is lost and nothing doubled',
      async (missing) => {
        const stream = await dataStreamOn(server);
        const exporter = stream.exporter({ as: await user(SHIPPING_PRIVILEGES.filter((one) => one !== missing)) });
        const outcome = await exporter.check(never);
        expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'forbidden' } });
        expect(outcome.kind === 'failed' && outcome.problem.message).toContain(`lacks ${missing} on ${stream.name}`);
        const [sent] = await exporter.export([{ ...outgoingOf('a'), maybeDelivered: true }], never);
        expect(sent).toMatchObject({ kind: 'retryable', problem: { code: 'forbidden' } });
        expect(await stream.ids()).toEqual([]);
      },
    );

    test('a wrong password degrades; the new one in its file is taken up without a restart', async () => {
      const stream = await dataStreamOn(server);
      const { username, password } = await user(SHIPPING_PRIVILEGES);
      const file = join(tempFolder(), 'password');
      writeFileSync(file, 'the password of last year\n');
      const readAuth = () => readElasticsearchAuth({ username, password_file: file }).auth;
      const exporter = stream.exporter({ readAuth });
      const [refused] = await exporter.export([outgoingOf('a')], never);
      expect(refused).toMatchObject({ kind: 'retryable', answerLost: false, problem: { code: 'unauthorized' } });
      expect(JSON.stringify(refused)).not.toContain('the password of last year');
      writeFileSync(file, `${password}\n`);
      expect(kinds(await exporter.export([outgoingOf('a')], never))).toEqual(['delivered']);
    });
  });
