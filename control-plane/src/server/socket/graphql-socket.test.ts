import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileDocuments } from '../../testing/hostile-documents.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { hashPassword } from '../../features/user/password.ts';
import type { Edge } from '../http/edge.ts';

let app: TestApp, edge: Edge;
beforeAll(async () => {
  app = await startTestApp();
  edge = await app.listen();
  app.services.sockets.start();
});
afterAll(async () => {
  await app.services.sockets.stop();
  await app.stop();
});

interface Talk { socket: WebSocket; next(): Promise<Data>; closed: Promise<{ code: number; at: number }>; send(message: object): void }

/** Node's WebSocket takes headers, which the standard has not. */
function open(headers: Record<string, string> = {}): Talk {
  const options = { protocols: ['graphql-transport-ws'], headers } as unknown as string[];
  const socket = new WebSocket(`ws://127.0.0.1:${edge.port}/graphql/ws`, options);
  const waiting: ((message: Data) => void)[] = [], arrived: Data[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Data, taker = waiting.shift();
    if (taker) taker(message);
    else arrived.push(message);
  });
  const closed = new Promise<{ code: number; at: number }>((resolve) => socket.addEventListener('close', ({ code }) => resolve({ code, at: Date.now() })));
  const next = () => new Promise<Data>((resolve) => { const message = arrived.shift(); if (message) resolve(message); else waiting.push(resolve); });
  return { socket, next, closed, send: (message) => socket.send(JSON.stringify(message)) };
}

const opened = (talk: Talk) => new Promise((resolve) => talk.socket.addEventListener('open', resolve));

async function connect(payload: object = {}, headers: Record<string, string> = {}): Promise<Talk> {
  const talk = open(headers);
  await opened(talk);
  talk.send({ type: 'connection_init', payload });
  return talk;
}

async function accessToken(role = 1): Promise<{ userId: number; payload: { authorization: string } }> {
  const me = await app.user({ role });
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, me);
  return { userId: me.userId, payload: { authorization: `Bearer ${data!.accessTokenRotate.accessToken}` } };
}

async function sessionCookie(): Promise<{ cookie: string; username: string; userId: number }> {
  const { username, userId } = await app.user({ passwordHash: await hashPassword('right password') });
  const answer = await app.request({ headers: { host: 'localhost' }, body: { query: `mutation { sessionCreate(input: { username: "${username}", password: "right password" }) { viewer { user { id } } } }` } });
  return { cookie: answer.headers.find(([name]) => name === 'set-cookie')![1].split(';')[0]!, username, userId };
}

describe('connecting', () => {
  it.each([
    { where: 'a member named as the header', place: (token: string): [object, Record<string, string>] => [{ Authorization: token }, {}] },
    { where: 'an object of headers', place: (token: string): [object, Record<string, string>] => [{ headers: { Authorization: token } }, {}] },
    { where: 'the header of the upgrade', place: (token: string): [object, Record<string, string>] => [{}, { authorization: token }] },
  ])('takes it in $where', async ({ place }) => {
    const talk = await connect(...place((await accessToken()).payload.authorization));
    expect(await talk.next()).toMatchObject({ type: 'connection_ack' });
    talk.socket.close();
  });

  it('takes an access token in connection_init', async () => {
    const talk = await connect((await accessToken()).payload);
    expect(await talk.next()).toMatchObject({ type: 'connection_ack' });
    talk.socket.close();
  });

  it('takes the cookie of our own pages only', async () => {
    const { cookie } = await sessionCookie();
    const own = await connect({}, { cookie, origin: `http://127.0.0.1:${edge.port}` });
    expect(await own.next()).toMatchObject({ type: 'connection_ack' });
    own.socket.close();
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const foreign = await connect({}, { cookie, ...(origin && { origin }) });
      expect((await foreign.closed).code).toBe(4403);
    }
  });

  it.each([
    { name: 'nobody', payload: {} },
    { name: 'a wrong token', payload: { authorization: 'Bearer 0123456789abcdef0123456789abcdef' } },
    { name: 'a payload of another shape', payload: { authorization: { toString: 1 } } },
  ])('refuses $name', async ({ payload }) => {
    expect((await (await connect(payload)).closed).code).toBe(4403);
  });

  it('refuses the sixth socket of a user', async () => {
    const { payload } = await accessToken();
    const talks = await Promise.all(Array.from({ length: 5 }, () => connect(payload)));
    for (const talk of talks) expect(await talk.next()).toMatchObject({ type: 'connection_ack' });
    expect([4403, 4429]).toContain((await (await connect(payload)).closed).code);
    for (const talk of talks) talk.socket.close();
  });
});

describe('an operation', () => {
  it('answers as over HTTP', async () => {
    const talk = await connect((await accessToken()).payload);
    await talk.next();
    talk.send({ id: '1', type: 'subscribe', payload: { query: '{ site { version } }' } });
    expect(await talk.next()).toMatchObject({ id: '1', type: 'next', payload: { data: { site: { version: '0.1.0' } } } });
    expect(await talk.next()).toMatchObject({ id: '1', type: 'complete' });
    talk.send({ id: '2', type: 'subscribe', payload: { query: '{ users { nodes { id } } }' } });
    expect(await talk.next()).toMatchObject({ id: '2', type: 'next', payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
    talk.socket.close();
  });

  it.each(hostileDocuments.filter(({ query }) => query.length < 60_000))('is held to the same limits: $name', async ({ query, code }) => {
    const talk = await connect((await accessToken()).payload);
    await talk.next();
    talk.send({ id: '1', type: 'subscribe', payload: { query } });
    expect(await talk.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code } }] });
    talk.socket.close();
  });

  it('is the twentieth subscription of a socket at most', async () => {
    const talk = await connect((await accessToken()).payload);
    await talk.next();
    for (let count = 1; count <= 21; count++) talk.send({ id: String(count), type: 'subscribe', payload: { query: 'subscription { logTail { __typename } }' } });
    let message = await talk.next();
    while (message.type !== 'error') message = await talk.next();
    expect(message).toMatchObject({ id: '21', payload: [{ extensions: { code: 'THROTTLED' } }] });
    talk.socket.close();
  });

  it('of more than 64 KiB ends the socket, and nothing else', async () => {
    const talk = await connect((await accessToken()).payload);
    await talk.next();
    talk.send({ id: '1', type: 'subscribe', payload: { query: `{ site { version } } # ${'x'.repeat(70_000)}` } });
    await talk.closed;
    expect((await app.request({ path: '/livez' })).status).toBe(200);
  });

  it.each(['{', '[]', '{"type":"subscribe"}', '{"type":"complete","id":1}', '\u0000'])('that is garbage ends the socket: %s', async (text) => {
    const talk = await connect((await accessToken()).payload);
    await talk.next();
    talk.socket.send(text);
    expect((await talk.closed).code).toBeGreaterThanOrEqual(4400);
  });
});

describe('a socket ends within two seconds when its caller', () => {
  it.each<{ name: string; end: (who: { cookie: string; userId: number }) => Promise<unknown> }>([
    { name: 'signs out', end: ({ cookie }) => app.request({ headers: { cookie, 'x-requested-with': 'x' }, body: { query: 'mutation { sessionEnd { ok } }' } }) },
    { name: 'is disabled', end: async ({ userId }) => app.query(`mutation { userSetStatus(id: "usr_${userId}", status: DISABLED) { userErrors { code } } }`, {}, await app.user({ role: 10 })) },
    { name: 'gets another role', end: async ({ userId }) => app.query(`mutation { userUpdate(id: "usr_${userId}", input: { role: 10 }) { userErrors { code } } }`, {}, await app.user({ role: 100 })) },
    { name: 'is changed by somebody who tells nobody', end: ({ userId }) => app.base.orm.em.fork().execute(`update user_account set status = 'DISABLED' where id = ${userId}`) },
  ])('$name', async ({ end }) => {
    const who = await sessionCookie();
    const talk = await connect({}, { cookie: who.cookie, origin: `http://127.0.0.1:${edge.port}` });
    await talk.next();
    const start = Date.now();
    await end(who);
    const { code, at } = await talk.closed;
    expect(code).toBe(4401);
    expect(at - start).toBeLessThan(2_000);
  });
});
