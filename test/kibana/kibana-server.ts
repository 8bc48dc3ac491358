import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { type JsonObject, parseJson } from '../../src/core/json.ts';
import { type Asked, boom, ok, type Reply } from './kibana-reply.ts';
import { createRules } from './kibana-rules.ts';
import { createSavedObjects } from './kibana-saved-objects.ts';

export interface KibanaServerOptions {
  readonly version?: string;
  /** As the header `Authorization` has to be; `undefined` is a Kibana without security. */
  readonly authorization?: string;
  readonly basePath?: string;
  /** Besides the default one. */
  readonly spaces?: readonly string[];
  /** A type of saved objects, or `rules`, that whoever asks may not read. */
  readonly unreadable?: string;
  /** Default: it has. */
  readonly hasSecuritySolution?: boolean;
  /** Answers every request, where it answers at all. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** What a person can do with objects there, by hand. */
export interface KibanaServer {
  /** With the base path. */
  readonly url: string;
  /** Everything that was sent to change something, as `POST /path`. */
  readonly writes: readonly string[];
  readonly object: (type: string, id: string, space?: string) => JsonObject | undefined;
  readonly editObject: (type: string, id: string, edit: (object: JsonObject) => JsonObject) => void;
  readonly addObject: (object: JsonObject, space?: string) => void;
  readonly rule: (ruleId: string, space?: string) => JsonObject | undefined;
  readonly editRule: (ruleId: string, edit: (rule: JsonObject) => JsonObject) => void;
  readonly counts: (space?: string) => { readonly objects: number; readonly rules: number };
}

/** The connector that a person's rules may use. */
export const CONNECTOR = 'the-connector-of-the-soc';

const READS = /\/(_export|status|space\/[^/]+|rules)$/;

/**
 * Kibana's API as far as setting up needs it, on loopback, until the running test ends. No Kibana can be had for tests:
 * this one is at least as strict as its documentation and source are.
 */
export async function startKibana(options: KibanaServerOptions = {}): Promise<KibanaServer> {
  const { version = '9.1.0', basePath = '', spaces = [] } = options;
  const objects = createSavedObjects({ hasTabs: Number.parseFloat(version) >= 9.2, unreadable: options.unreadable });
  const rules = createRules(new Set([CONNECTOR]));
  const writes: string[] = [];

  const routes: Readonly<Record<string, (asked: Asked) => Reply>> = {
    'GET /api/status': () =>
      ok({ name: 'kibana', version: { number: version }, status: { overall: { level: 'available' } } }),
    'POST /api/saved_objects/_export': objects.exported,
    'POST /api/saved_objects/_import': objects.imported,
    'POST /api/saved_objects/_bulk_delete': objects.deleted,
    'GET /api/detection_engine/rules': rules.read,
    'POST /api/detection_engine/rules/_import': rules.imported,
    'POST /api/detection_engine/rules/_bulk_action': rules.acted,
    ...Object.fromEntries(
      ['default', ...spaces].map((id) => [`GET /api/spaces/space/${id}`, () => ok({ id, name: id })]),
    ),
  };

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', 'http://kibana');
    if (!url.pathname.startsWith(`${basePath}/`)) return { status: 404, body: 'nothing here' };
    // A space that does not exist is no error of the API: objects go there all the same.
    const [, space = 'default', path = ''] =
      /^(?:\/s\/([^/]+))?(\/.*)$/.exec(url.pathname.slice(basePath.length)) ?? [];
    if (method !== 'GET' && headers['kbn-xsrf'] === undefined)
      return boom(400, 'Request must contain a kbn-xsrf header.');
    if (options.authorization !== undefined && headers.authorization !== options.authorization)
      return boom(
        401,
        `[security_exception]: unable to authenticate with provided credentials [${headers.authorization}]`,
      );
    if (path.startsWith('/api/detection_engine/') && headers['elastic-api-version'] !== '2023-10-31')
      return boom(400, 'Please specify a version via elastic-api-version header.');
    if (options.unreadable === 'rules' && path.startsWith('/api/detection_engine/'))
      return boom(
        403,
        `API [${method} ${path}] is unauthorized for user, this action is granted by the Kibana privileges [rules-read]`,
      );
    const isThere = options.hasSecuritySolution !== false || !path.startsWith('/api/detection_engine/');
    const route = isThere ? routes[`${method} ${path}`] : undefined;
    if (route === undefined) return boom(404, 'Not Found');
    if (!READS.test(path)) writes.push(`${method} ${path}`);
    const content = method === 'POST' ? await contentOf(request) : { body: undefined, file: undefined };
    if (path.endsWith('_import') && content.file === undefined)
      return boom(400, '[request body.file]: expected value of type [Stream]');
    return route({ method, path, query: url.searchParams, space, ...content });
  }

  const server = createServer(async (request, response) => {
    if (options.instead?.(request, response)) return;
    const { status, body } = await answer(request);
    const isText = typeof body === 'string';
    response.writeHead(status, {
      'kbn-name': 'kibana',
      'content-type': isText ? 'application/ndjson' : 'application/json',
    });
    response.end(isText ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');

  return {
    url: `http://127.0.0.1:${address.port}${basePath}`,
    writes,
    object: (type, id, space = 'default') => objects.find(space, type, id)?.object,
    editObject(type, id, edit) {
      const found = objects.find('default', type, id);
      if (found === undefined) throw new Error(`no ${type} ${id}`);
      found.object = edit(found.object);
    },
    addObject: (object, space = 'default') => void objects.stored.push({ space, object }),
    rule: (ruleId, space = 'default') => rules.find(space, ruleId)?.rule,
    editRule(ruleId, edit) {
      const found = rules.find('default', ruleId);
      if (found === undefined) throw new Error(`no rule ${ruleId}`);
      found.rule = edit(found.rule);
    },
    counts: (space = 'default') => ({
      objects: objects.stored.filter((one) => one.space === space).length,
      rules: rules.stored.filter((one) => one.space === space).length,
    }),
  };
}

async function contentOf(request: IncomingMessage): Promise<Pick<Asked, 'body' | 'file'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { body: parseJson(bytes.toString('utf8')), file: undefined };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  const isNdjson = file !== null && typeof file !== 'string' && file.name.endsWith('.ndjson');
  return { body: undefined, file: isNdjson ? await file.text() : undefined };
}
