/** A root user, a channel that leads to the mock provider, and a token: what a developer would click together each time. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Seeded { key: string; model: string; password: string }

const password = 'development', model = 'gpt-4o';

const operations = {
  setup: 'mutation ($input: SetupInput!) { setupComplete(input: $input) { userErrors { message } } }',
  login: 'mutation ($input: LoginInput!) { sessionCreate(input: $input) { userErrors { message } } }',
  options: 'mutation ($input: [OptionInput!]!) { optionsUpdate(input: $input) { userErrors { message } } }',
  channel: 'mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { userErrors { message } } }',
  token: 'mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { key userErrors { message } } }',
};

type Payload = { userErrors: { message: string }[]; key?: string };
type Call = (operation: keyof typeof operations, input: object) => Promise<Payload>;

/** A caller that keeps its cookie. */
function caller(controlUrl: string, origin: string): Call {
  let cookie = '';
  return async (operation, input) => {
    const answer = await fetch(`${controlUrl}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-requested-with': 'weir-dev', origin, cookie }, body: JSON.stringify({ query: operations[operation], variables: { input } }),
    });
    cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') || cookie;
    const body = (await answer.json()) as { data?: Record<string, Payload>; errors?: { message: string }[] };
    const payload = Object.values(body.data ?? {})[0];
    const faults = [...(body.errors ?? []), ...(payload?.userErrors ?? [])].map((error) => error.message);
    if (!payload || faults.length) throw new Error(`seeding (${operation}): ${faults.join('; ') || answer.status}`);
    return payload;
  };
}

/** Once for a data folder; later starts read what the first one wrote. */
export async function seed(controlUrl: string, origin: string, mockUrl: string, dataFolder: string): Promise<Seeded> {
  const file = join(dataFolder, 'seeded.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Seeded;
  const call = caller(controlUrl, origin);
  await call('setup', { username: 'root', password });
  await call('login', { username: 'root', password });
  await call('options', [{ key: 'upstream.private_allowlist', value: '127.0.0.1/32' }]);
  await call('channel', { name: 'mock', type: 1, credentials: ['mock-credential'], baseUrl: mockUrl, models: [model, 'gpt-4o-mini'] });
  await call('channel', { name: 'mock messages', type: 14, credentials: ['mock-credential'], baseUrl: mockUrl, models: ['claude-sonnet-4', 'claude-3-5-sonnet-latest'] });
  const { key } = await call('token', { name: 'development', unlimited: true });
  const seeded: Seeded = { key: key!, model, password };
  writeFileSync(file, JSON.stringify(seeded), { mode: 0o600 });
  return seeded;
}
