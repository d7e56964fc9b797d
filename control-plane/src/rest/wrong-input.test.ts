/** Every field of every body with a value of another kind: refused by name, in the caller's language, and never a fault of ours. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endpoints, type Endpoint, type Level } from '../testing/contract/endpoints.ts';
import { openWorld, type World, type Who } from '../testing/contract/world.ts';

let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.app.stop());

const least: Record<Level, Who> = { public: 'nobody', 'optional-user': 'nobody', user: 'user', admin: 'admin', root: 'root', token: 'token', webhook: 'nobody' };

type Field = Endpoint['body']['fields'][number];

const fitting = ({ type, enum: words }: Field): unknown =>
  words?.[0] ?? (type.startsWith('array<integer') ? [1] : type.startsWith('array') ? ['one'] : type === 'object' ? {} : type === 'boolean' ? true : type === 'string' ? 'some text' : 1);

const misfits: readonly [RegExp, unknown[]][] = [[/^array/, ['text', { a: 1 }]], [/^object/, ['text']], [/^(integer|number)/, ['abc', [1], 1e300]], [/^boolean/, ['perhaps', {}]], [/^string/, [[5], 'a\u0000b']]];
const misfitsOf = ({ type }: Field): unknown[] => misfits.find(([pattern]) => pattern.test(type))?.[1] ?? [];

const bodies = endpoints.filter(({ body, auth }) => body.fields.length > 0 && auth !== 'webhook');
const fields = bodies.flatMap((endpoint) => endpoint.body.fields.filter(({ name }) => /^\w+$/.test(name)).map((field) => ({ name: `${endpoint.method} ${endpoint.path} ${field.name}`, endpoint, field })));

/** Fields that are looked at only later, or not at all, in a call like this one; their refusals are those of a rule. */
const later = new Map([
  ['an action is known by its word', ['multi_key/manage action', 'api/verify method', 'user/manage action']],
  ['only some actions read it', ['multi_key/manage key_index', 'PUT /api/redemption status', 'PUT /api/channel key_mode']],
  ['the body without a channel is the channel', ['POST /api/channel channel', 'POST /api/channel batch_add_set_key_prefix_2_name']],
  ['nothing reads it', ['top_up_code']],
  ['it is JSON of its own', ['prefill_group items', '/api/option key', '/api/option value']],
  ['no ceremony is under way', ['passkey/login/finish', 'passkey/register/finish', 'passkey/verify/finish']],
].flatMap(([why, names]) => (names as string[]).map((one) => [one, why] as [string, string])));
const isLater = (name: string): boolean => [...later.keys()].some((one) => name.includes(one));

it.each(fields)('$name', async ({ name, endpoint: { method, path, auth, body }, field }) => {
  const rest = Object.fromEntries(body.fields.filter((one) => one.required && one.name !== field.name && /^\w+$/.test(one.name)).map((one) => [one.name, fitting(one)]));
  const call = (value: unknown, language: string) => world.call(method, { as: least[auth], path: path.replace('{id}', '1'), headers: { 'accept-language': language }, body: { ...rest, [field.name]: value } });
  for (const value of misfitsOf(field)) {
    const told = await call(value, 'zh');
    if (isLater(name)) expect([value, told.status < 500]).toEqual([value, true]);
    else expect([value, told.status, told.body]).toEqual([value, 400, { success: false, message: expect.stringMatching(new RegExp(`^请求参数错误: ${field.name} \\P{ASCII}`, 'u')) as string, code: 'invalid_params' }]);
  }
  if (!isLater(name)) expect((await call(misfitsOf(field)[0], 'en')).body.message).toMatch(new RegExp(`^Invalid parameters: ${field.name} [a-z]`));
});

it.each(bodies.map(({ method, path, auth }) => ({ name: `${method} ${path}`, method, path, auth })))('$name with a body that is no object', async ({ method, path, auth }) => {
  for (const body of ['[1]', 'null', '"text"']) {
    const told = await world.call(method, { as: least[auth], path: path.replace('{id}', '1'), headers: { 'content-type': 'application/json' }, body });
    expect([body, told.status, told.body]).toEqual([body, 400, { success: false, message: '请求参数错误: 请求体须为 JSON 对象', code: 'invalid_params' }]);
  }
});
