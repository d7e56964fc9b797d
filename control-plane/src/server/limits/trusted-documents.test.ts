import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { setOptions } from '../../testing/mail-sink.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { documentIdOf } from '../../features/integration-key/document-id.ts';
import { TrustedDocuments } from './trusted-documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-documents-'));
const site = 'query Site { site { name version } }', deep = `query Deep { ${Array.from({ length: 30 }, (_, index) => `a${index}: site { name }`).join(' ')} }`;
const own = 'query Own { viewer { user { id } } }';
const earlier = 'query Earlier { site { name } }';

let app: TestApp, token: string;
beforeAll(async () => {
  writeFileSync(join(folder, 'persisted-documents.json'), JSON.stringify({ [documentIdOf(site)]: site, [documentIdOf(deep)]: deep, [documentIdOf(own)]: own }));
  writeFileSync(join(folder, 'persisted-documents.0.0.9.json'), JSON.stringify({ [documentIdOf(earlier)]: earlier }));
  app = await startTestApp({ WEIR_CONSOLE: folder });
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, await app.user());
  token = data!.accessTokenRotate.accessToken as string;
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const ask = async (body: object, headers: Record<string, string> = {}) => {
  const answer = await app.request({ body, headers: { authorization: token, ...headers } });
  return { status: answer.status, body: JSON.parse(String(answer.body)) as Data };
};

describe('a document that is known by its hash', () => {
  it('runs by its id, of this release and of earlier ones, over GET too', async () => {
    expect((await ask({ documentId: documentIdOf(site) })).body.data.site.name).toBe('Weir');
    expect((await ask({ documentId: documentIdOf(earlier) })).body.data.site.name).toBe('Weir');
    const got = await app.request({ method: 'GET', path: `/graphql?documentId=${encodeURIComponent(documentIdOf(site))}` });
    expect(JSON.parse(String(got.body))).toMatchObject({ data: { site: { name: 'Weir' } } });
  });

  it('over GET may be kept by caches when it asks for what everybody may know, and nobody is signed in', async () => {
    const get = async (id: string, headers: Record<string, string> = {}) => new Map((await app.request({ method: 'GET', path: `/graphql?documentId=${encodeURIComponent(id)}`, headers })).headers).get('cache-control');
    expect([await get(documentIdOf(site)), await get(documentIdOf(site), { authorization: token }), await get(documentIdOf(own))]).toEqual(['public, max-age=60', 'no-store', 'no-store']);
    const posted = await app.request({ body: { documentId: documentIdOf(site) } });
    expect(new Map(posted.headers).get('cache-control')).toBe('no-store');
  });

  it('is not measured by the limits of strangers\' documents, and still costs', async () => {
    expect((await ask({ query: deep })).body.errors[0].extensions.code).toBe('TOO_MANY_FIELDS');
    const { body } = await ask({ documentId: documentIdOf(deep) });
    expect([Object.keys(body.data).length, body.extensions.cost.requested]).toEqual([30, 30]);
  });

  it.each([
    { name: 'that nobody knows', body: { documentId: `sha256:${'0'.repeat(64)}` }, status: 422, code: 'DOCUMENT_NOT_FOUND' },
    { name: 'beside a text', body: { documentId: documentIdOf(site), query: site }, status: 400, code: 'BAD_REQUEST' },
    { name: 'that is no text', body: { documentId: 7 }, status: 400, code: 'BAD_REQUEST' },
  ])('is refused $name', async ({ body, status, code }) => {
    const answer = await ask(body);
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([status, code]);
  });

  it('is all that runs when the operator says so', async () => {
    await setOptions(app, { 'graphql.documents': 'locked' });
    expect((await ask({ query: `${site} ` })).body.errors[0].extensions.code).toBe('DOCUMENT_NOT_TRUSTED');
    expect((await ask({ query: site })).status).toBe(200);          // its text is that document
    expect((await ask({ documentId: documentIdOf(site) })).status).toBe(200);
    await setOptions(app, { 'graphql.documents': 'open' });
  });

  it('runs over a WebSocket too, which takes no other one when the operator says so', async () => {
    const edge = await app.listen(), socket = new WebSocket(`ws://127.0.0.1:${edge.port}/graphql/ws`, 'graphql-transport-ws');
    const messages: Data[] = [], told = (id: string) => messages.find((message) => message.id === id);
    socket.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data)) as Data));
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: token } }));
    await eventually(() => expect(messages).toHaveLength(1));
    await setOptions(app, { 'graphql.documents': 'locked' });
    const asked = [{ query: '', extensions: { documentId: documentIdOf(site) } }, { query: '', extensions: { documentId: `sha256:${'0'.repeat(64)}` } }, { query: `${site} ` }];
    for (const [index, payload] of asked.entries()) socket.send(JSON.stringify({ id: String(index), type: 'subscribe', payload }));
    await eventually(() => expect(messages.length).toBeGreaterThanOrEqual(5));
    await eventually(() => expect(told('0')).toMatchObject({ type: 'next', payload: { data: { site: { name: 'Weir' } } } }));
    expect(told('1')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'DOCUMENT_NOT_FOUND' } }] });
    expect(told('2')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] });
    socket.close();
    await setOptions(app, { 'graphql.documents': 'open' });
  });

  it('stops the start when its manifest says something else', () => {
    writeFileSync(join(folder, 'persisted-documents.wrong.json'), JSON.stringify({ [documentIdOf(site)]: 'query Forged { site { name } }' }));
    expect(() => new TrustedDocuments(folder)).toThrow('whose hash is not');
    rmSync(join(folder, 'persisted-documents.wrong.json'));
  });
});
