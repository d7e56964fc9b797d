import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentIdOf } from '../../features/integration-key/document-id.ts';
import { setOptions } from '../../testing/mail-sink.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-registered-')), site = 'query Site { site { name } }';
const names = 'query Names($first: Int!) { users(first: $first) { nodes { username } } }', hostile = `{ ${Array.from({ length: 16 }, (_, index) => `a${index}: site { name }`).join(' ')} }`;

let app: TestApp, root: string, key: Data, other: Data;
beforeAll(async () => {
  writeFileSync(join(folder, 'persisted-documents.json'), JSON.stringify({ [documentIdOf(site)]: site }));
  app = await startTestApp({ WEIR_CONSOLE: folder });
  const me = await app.user({ role: 100 });
  root = (await app.query('mutation { accessTokenRotate { accessToken } }', {}, me)).data!.accessTokenRotate.accessToken as string;
  const create = async () => (await app.query('mutation { integrationKeyCreate(input: { name: "k", permissions: [USER_READ] }) { secret key { id } } }', {}, me)).data!.integrationKeyCreate as Data;
  [key, other] = [await create(), await create()];
});
beforeEach(() => setOptions(app, { 'graphql.documents': 'locked' }));
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const ask = async (body: object, authorization: string) => {
  const answer = await app.request({ body, headers: { authorization, 'x-client-name': 'test' } });
  return JSON.parse(String(answer.body)) as Data;
};
const as = ({ secret }: Data, body: object) => ask(body, `Bearer ${secret as string}`);
const codeOf = ({ errors }: Data): unknown => errors?.[0].extensions.code;
const change = (name: string, variables: object) => ask({ documentId: `weir:documents-${name}`, variables }, root);
const register = async (...documents: string[]): Promise<Data> => (await change('register', { id: key.key.id, documents })).data.integrationKeyDocumentsRegister as Data;

describe('where only known documents run', () => {
  it('those of a key are registered by their own id, and run for that key alone', async () => {
    expect(codeOf(await as(key, { query: names, variables: { first: 1 } }))).toBe('DOCUMENT_NOT_TRUSTED');
    const { documents, userErrors } = await register(names), id = documentIdOf(names);
    expect([(documents as Data[]).map((one) => one.id as string), userErrors]).toEqual([[id], []]);
    for (const body of [{ documentId: id, variables: { first: 1 } }, { query: names, variables: { first: 1 } }]) expect((await as(key, body)).data.users.nodes).toHaveLength(1);
    expect([codeOf(await as(other, { documentId: id })), codeOf(await as(other, { query: names })), codeOf(await ask({ query: names }, root))]).toEqual(['DOCUMENT_NOT_FOUND', 'DOCUMENT_NOT_TRUSTED', 'DOCUMENT_NOT_TRUSTED']);
    expect((await as(other, { query: site })).data.site.name).toBe('Weir');
  });

  it('its limits are those of other people\'s documents, whatever was registered', async () => {
    expect((await register(hostile)).userErrors).toEqual([]);
    expect(codeOf(await as(key, { documentId: documentIdOf(hostile) }))).toBe('TOO_MANY_FIELDS');
    expect(codeOf(await as(key, { documentId: documentIdOf(names), variables: { first: 100_000 } }))).toBe('COST_EXCEEDED');
  });

  it('what is taken away runs no more', async () => {
    await register(names);
    const { data } = await change('remove', { id: key.key.id, documentIds: [documentIdOf(names), 'sha256:none'] });
    expect((data.integrationKeyDocumentsRemove.documents as Data[]).map(({ id }) => id as string)).not.toContain(documentIdOf(names));
    expect(codeOf(await as(key, { query: names }))).toBe('DOCUMENT_NOT_TRUSTED');
  });

  it('the list of keys shows them', async () => {
    await register(names);
    const { data } = await ask({ documentId: 'weir:integration-keys' }, root);
    expect((data.integrationKeys as Data[]).find(({ id }) => id === key.key.id)!.documents).toContainEqual({ id: documentIdOf(names), text: names, createdAt: app.clock.now().toISOString() });
  });

  it('nobody registers who may not make keys', async () => {
    expect(codeOf(await as(key, { documentId: 'weir:documents-register', variables: { id: key.key.id, documents: [site] } }))).toBe('FORBIDDEN');
  });
});

describe('what is registered', () => {
  it.each([
    ['no GraphQL', ['{ nothing'], 'INVALID', ['documents', '0']],
    ['a field that is none', [site, '{ sitee { name } }'], 'INVALID', ['documents', '1']],
    ['more than a document may have', [`{ site { name } } # ${'x'.repeat(16_384)}`], 'TOO_LONG', ['documents', '0']],
    ['nothing', [], 'OUT_OF_RANGE', ['documents']],
    ['too many', Array.from({ length: 201 }, (_, index) => `query Q${index} { site { name } }`), 'OUT_OF_RANGE', ['documents']],
  ])('is not %s', async (_name, documents, code, path) => expect((await register(...documents)).userErrors).toMatchObject([{ code, path }]));

  it('is no more than a key may have', async () => {
    const many = (from: number) => Array.from({ length: 110 }, (_, index) => `query M${from + index} { site { name } }`);
    expect((await register(...many(0))).userErrors).toEqual([]);
    expect((await register(...many(0))).userErrors).toEqual([]);
    expect((await register(...many(110))).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['documents'] }]);
  });

  it('is for a key that lives', async () => {
    await change('register', { id: other.key.id, documents: [site] });
    await app.query('mutation ($id: ID!) { integrationKeyRevoke(id: $id) { ok } }', { id: other.key.id }, await app.user({ role: 100 }));
    for (const id of [other.key.id, 'ikey_999999']) expect((await change('register', { id, documents: [site] })).data.integrationKeyDocumentsRegister.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
  });
});
