/**
 * A page to write and run GraphQL in (GraphiQL), for the signed-in. It is no part of the console's bundles: nothing of it is read
 * before somebody opens it, and everything comes from here.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sqlOf } from '../../database/sql.ts';
import { flagOption } from '../../features/option/option-values.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage } from '../../kernel/http/http-message.ts';
import { contentSecurity } from '../http/security-headers.ts';
import { explorerPage, explorerPath, signInPage, startScript, workersScript } from './explorer-page.ts';

const pack = promisify(gzip);
const script = 'text/javascript; charset=utf-8';

interface Part { type: string; packed: Buffer; tag: string }

async function makePart(type: string, body: string): Promise<Part> {
  const packed = await pack(body);
  return { type, packed, tag: `"${createHash('sha256').update(packed).digest('hex').slice(0, 32)}"` };
}

/** Nine megabytes of text: read and packed when somebody comes, and kept packed. */
async function readParts(): Promise<Map<string, Part>> {
  const { css, editorWorkerService, graphqlWorker, js, jsonWorker } = await import('@graphql-yoga/render-graphiql/graphiql');
  const texts: [name: string, type: string, body: string][] = [
    ['graphiql.css', 'text/css; charset=utf-8', css], ['graphiql.js', script, js], ['workers.js', script, workersScript], ['start.js', script, startScript],
    ['editorWorkerService.js', script, editorWorkerService], ['json.js', script, jsonWorker], ['graphql.js', script, graphqlWorker],
  ];
  return new Map(await Promise.all(texts.map(async ([name, type, body]) => [name, await makePart(type, body)] as const)));
}

/** The editor runs in workers and writes its styles as it goes. */
const policy: [string, string] = ['content-security-policy', `${contentSecurity()}; worker-src 'self'`];

const page = (status: number, body: string): HttpAnswer => ({ status, headers: [['content-type', 'text/html; charset=utf-8'], policy], body });

export type Explorer = (message: HttpMessage, context: RequestContext) => Promise<HttpAnswer>;

/** Whether this is the page, or a part of it. */
export const isExplorer = (path: string): boolean => path === explorerPath || path.startsWith(`${explorerPath}/`);

export function explorer(): Explorer {
  let parts: Promise<Map<string, Part>> | undefined;
  return async ({ method, path, headers }, { em, principal }) => {
    if (method !== 'GET' && method !== 'HEAD') return jsonAnswer(405, { errors: [{ message: 'This is a page: GET it', extensions: { code: 'METHOD_NOT_ALLOWED' } }] }, [['allow', 'GET, HEAD']]);
    if (!principal) return page(401, signInPage);
    if (!(await flagOption(sqlOf(em), 'graphql.explorer'))) return jsonAnswer(404, { errors: [{ message: 'The explorer is switched off', extensions: { code: 'NOT_FOUND' } }] });
    if (path === explorerPath) return page(200, explorerPage);
    const part = (await (parts ??= readParts())).get(path.slice(explorerPath.length + 1));
    if (!part) return jsonAnswer(404, { errors: [{ message: 'The explorer has no such part', extensions: { code: 'NOT_FOUND' } }] });
    // A worker has the policy of its own answer.
    const head: [string, string][] = [['etag', part.tag], ['cache-control', 'private, no-cache'], policy];
    if (headers.get('if-none-match') === part.tag) return { status: 304, headers: head, body: '' };
    // Every browser takes it; the parts are not for anybody else.
    return { status: 200, headers: [['content-type', part.type], ['content-encoding', 'gzip'], ...head], body: part.packed };
  };
}
