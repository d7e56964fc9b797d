/** Every example of docs/integrators.md that speaks to the control plane is run, in its order. Those of the relay are in e2e. */
import { readFileSync } from 'node:fs';
import { parse, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginSession } from '../features/session/session-store.ts';
import { hashPassword } from '../features/user/password.ts';
import { readCurl } from '../testing/curl.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';
import type { Edge } from './http/edge.ts';

const text = readFileSync(new URL('../../../docs/integrators.md', import.meta.url), 'utf8');
const blocks = [...text.matchAll(/^```(sh|graphql)\n([\s\S]*?)^```/gm)].map((match) => ({ kind: match[1] as 'sh' | 'graphql', body: match[2]! }));

type Example = { name: string; curl: string } | { name: string; document: string; type: OperationDefinitionNode['operation'] };

const commands = (body: string) => body.replace(/\\\n\s*/g, ' ').split('\n').filter((line) => line.startsWith('curl') && line.includes(':3000'));
const examples: Example[] = blocks.flatMap(({ kind, body }): Example[] => {
  if (kind === 'sh') return commands(body).map((curl) => ({ name: curl.slice(0, 110), curl }));
  return parse(body).definitions.flatMap((definition) => ('operation' in definition
    ? [{ name: `${definition.operation} ${definition.name!.value}`, document: body.slice(definition.loc!.start, definition.loc!.end), type: definition.operation }] : []));
});

let app: TestApp, edge: Edge, session = '';
/** What earlier examples gave later ones. */
const variables: Record<string, string> = {};
let job = '', bulk = '';

beforeAll(async () => {
  app = await startTestApp({ WEIR_API_RATE: '0' });
  edge = await app.listen();
  const root = await app.user({ username: 'root', role: 100, passwordHash: await hashPassword('a long password') });
  await app.user({ username: 'customer' });
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, root);
  const token = await app.query('mutation { tokenCreate(input: { name: "docs", unlimited: true }) { key } }', {}, root);
  Object.assign(variables, { AUTH: `Authorization: Bearer ${data!.accessTokenRotate.accessToken}`, WHO: `New-Api-User: ${root.userId}`, TOKEN: token.data!.tokenCreate.key });
  const ctx = await app.context(root);
  await beginSession(ctx, root.userId);
  session = ctx.cookies[0]!.split(';')[0]!;
});
afterAll(() => app.stop());

const headersOf = (line: string): [string, string] => { const [, name, value] = /^([^:]+): (.*)$/.exec(line)!; return [name!.toLowerCase(), value!]; };

/** The three dots of an example are what the reader fills in. */
function filled(body: string | undefined): string | undefined {
  return body?.replace('"password": "…"', '"password": "a long password"').replace('"key": "…"', `"key": "${variables.CODE}"`);
}

function look(body: Data): void {
  expect(body.errors).toBeUndefined();
  if ('success' in body) expect([body.success, body.message]).toEqual([true, expect.any(String)]);
  for (const payload of Object.values((body.data ?? {}) as Data)) if (payload?.userErrors) expect(payload.userErrors).toEqual([]);
}

async function runCurl(line: string): Promise<void> {
  const { method, url, headers, body } = readCurl(line, variables), stop = new AbortController();
  const cookie: Record<string, string> = line.includes(' -b ') ? { cookie: session, 'x-requested-with': 'docs' } : {};
  const answer = await fetch(url.replace(':3000', `:${edge.port}`), { method, headers: { ...headers, ...cookie }, body: filled(body) ?? null, signal: stop.signal });
  expect(answer.status).toBe(200);
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) return stop.abort();
  const told = await answer.json() as Data;
  look(told);
  if (url.endsWith('/api/redemption/')) variables.CODE = told.data[0] as string;
  // The account's token is new now; the one before has ended.
  if (url.endsWith('/api/user/token')) variables.AUTH = `Authorization: Bearer ${told.data as string}`;
}

async function runDocument(query: string, type: string): Promise<void> {
  const [name, value] = headersOf(variables.AUTH!), stop = new AbortController(), path = type === 'subscription' ? '/graphql/stream' : '/graphql';
  const answer = await fetch(`http://127.0.0.1:${edge.port}${path}`, {
    method: 'POST', headers: { [name]: value, 'content-type': 'application/json', accept: type === 'subscription' ? 'text/event-stream' : 'application/json' },
    body: JSON.stringify({ query, variables: { ...(query.includes('$id') && { id: job }), ...(query.includes('$jobId') && { jobId: bulk }) } }), signal: stop.signal,
  });
  expect(answer.status).toBe(200);
  if (type === 'subscription') return stop.abort();
  const told = await answer.json() as Data;
  look(told);
  job = (told.data.channelTestMany?.job?.id as string | undefined) ?? job;
  bulk = (told.data.channelBulkUpdate?.jobId as string | undefined) ?? bulk;
  if (told.data.integrationKeyCreate) variables.KEY = `Authorization: Bearer ${told.data.integrationKeyCreate.secret}`;
}

it.each(examples)('$name', (example) => ('curl' in example ? runCurl(example.curl) : runDocument(example.document, example.type)));

it('there are many of them', () => expect(examples.length).toBeGreaterThan(20));
