import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idOfDocument, knownDocument } from './document-ids.ts';
import { fetchDocument } from './fetch-document.ts';

const text = 'query Channels { channels { nodes { id } } }', id = `sha256:${'a'.repeat(64)}`;
const refusal = (code: string) => Response.json({ errors: [{ message: 'no', extensions: { code } }] }, { status: 422 });

let sent: unknown[], answers: Response[];
beforeEach(() => {
  [sent, answers] = [[], []];
  knownDocument('Channels', id, text);
  vi.stubGlobal('fetch', (_: unknown, { body }: RequestInit) => {
    sent.push(JSON.parse(body as string));
    return Promise.resolve(answers.shift() ?? Response.json({ data: {} }));
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

const ask = (operationName: string) => fetchDocument('/graphql', { method: 'POST', body: JSON.stringify({ operationName, query: text, variables: { first: 3 } }) });
const byText = { operationName: 'Channels', query: text, variables: { first: 3 } }, byId = { operationName: 'Channels', documentId: id, variables: { first: 3 } };

describe('a document', () => {
  it('is sent by its id, without its text', async () => {
    await ask('Channels');
    expect(sent).toEqual([byId]);
  });

  it('that the build did not know is sent as text', async () => {
    await ask('Elsewhere');
    expect(sent).toEqual([{ ...byText, operationName: 'Elsewhere' }]);
  });

  it('that the server does not know is sent again as text, and from then on as text', async () => {
    answers.push(refusal('DOCUMENT_NOT_FOUND'));
    expect((await ask('Channels')).status).toBe(200);
    await ask('Channels');
    expect(sent).toEqual([byId, byText, byText]);
    expect(idOfDocument('Channels')).toBeUndefined();
  });

  it('that is refused for another reason is not sent twice, and its answer can still be read', async () => {
    answers.push(refusal('COST_EXCEEDED'));
    expect(await (await ask('Channels')).json()).toMatchObject({ errors: [{ message: 'no' }] });
    expect(sent).toEqual([byId]);
  });
});
