/** Sessions, second factors, passkeys, fresh proofs. */
import { TOTP } from 'otpauth';
import { Authenticator } from '../../authenticator.ts';
import type { Told, World } from '../world.ts';
import type { SuccessCases } from './case.ts';

const password = 'a long password of theirs';
let serial = 0;

interface Proved { id: number; headers: Record<string, string>; code: () => string }

/** A person with an authenticator app, whose present half minute is not used up. */
async function withApp(world: World, role = 1): Promise<Proved> {
  const { principal, headers } = await world.person(role), { app } = world;
  const { secret } = (await world.call('POST', { path: '/api/user/2fa/setup', headers })).body.data;
  const code = () => new TOTP({ secret }).generate({ timestamp: app.clock.now().getTime() });
  await world.call('POST', { path: '/api/user/2fa/enable', headers, body: { code: code() } });
  app.clock.advance(60_000);
  return { id: principal.userId, headers, code };
}

/** Somebody with a fresh proof. */
async function verified(world: World, role = 1): Promise<Proved> {
  const person = await withApp(world, role);
  await world.call('POST', { path: '/api/verify', headers: person.headers, body: { method: '2fa', code: person.code() } });
  return person;
}

async function allowPasskeys(world: World): Promise<void> {
  await world.call('PUT', { as: 'root', path: '/api/option', body: { ServerAddress: 'http://localhost:3000', 'passkey.enabled': 'true' } });
}

const publicKey = ({ body }: Told) => body.data.options.publicKey as Parameters<Authenticator['create']>[0];

async function withPasskey(world: World) {
  await allowPasskeys(world);
  const { principal, headers } = await world.person(), key = new Authenticator();
  const asked = publicKey(await world.call('POST', { path: '/api/user/passkey/register/begin', headers }));
  await world.call('POST', { path: '/api/user/passkey/register/finish', headers, body: key.create(asked) });
  return { id: principal.userId, headers, key };
}

/** Signs in with a password, up to the second factor. */
async function halfSignedIn(world: World) {
  const username = `half-${++serial}`, { id } = await world.made('/api/user/', { username, password });
  const sign = async () => String((await world.call('POST', { path: '/api/user/login', body: { username, password } })).headers['set-cookie']).split(';')[0]!;
  const headers = { cookie: await sign(), 'new-api-user': String(id), 'x-requested-with': 'test' };
  const { secret } = (await world.call('POST', { path: '/api/user/2fa/setup', headers })).body.data;
  const code = () => new TOTP({ secret }).generate({ timestamp: world.app.clock.now().getTime() });
  await world.call('POST', { path: '/api/user/2fa/enable', headers, body: { code: code() } });
  world.app.clock.advance(60_000);
  return { headers: { cookie: await sign() }, body: { code: code() } };
}

const nobody = 'nobody' as const;

export const signInCases: SuccessCases = {
  'mgmt.auth.login': {
    call: async (world) => {
      const username = `login-${++serial}`;
      await world.made('/api/user/', { username, password });
      return { body: { username, password } };
    },
  },
  'mgmt.auth.login_2fa': { call: halfSignedIn },
  'mgmt.auth.logout': { call: async (world) => ({ headers: (await world.person()).headers }) },
  'mgmt.2fa.setup': { call: async (world) => ({ as: nobody, headers: (await world.person()).headers }) },
  'mgmt.2fa.enable': {
    call: async (world) => {
      const { headers } = await world.person(), { secret } = (await world.call('POST', { path: '/api/user/2fa/setup', headers })).body.data;
      return { as: nobody, headers, body: { code: new TOTP({ secret }).generate({ timestamp: world.app.clock.now().getTime() }) } };
    },
  },
  'mgmt.2fa.status': { call: async (world) => ({ as: nobody, headers: (await withApp(world)).headers }) },
  'mgmt.2fa.disable': { call: async (world) => { const { headers, code } = await withApp(world); return { as: nobody, headers, body: { code: code() } }; } },
  'mgmt.2fa.backup': { call: async (world) => { const { headers, code } = await withApp(world); return { as: nobody, headers, body: { code: code() } }; } },
  'mgmt.2fa.stats': {},
  'mgmt.verify': { call: async (world) => { const { headers, code } = await withApp(world); return { as: nobody, headers, body: { method: '2fa', code: code() } }; } },
  'mgmt.verify.status': { call: async (world) => ({ as: nobody, headers: (await verified(world)).headers }) },
  'mgmt.user.disable_2fa': {
    call: async (world) => {
      const target = await withApp(world);
      return { as: nobody, headers: (await verified(world, 10)).headers, path: `/api/user/${target.id}/2fa` };
    },
  },
  'mgmt.user.reset_passkey': {
    call: async (world) => {
      const target = await withPasskey(world);
      return { as: nobody, headers: (await verified(world, 10)).headers, path: `/api/user/${target.id}/reset_passkey` };
    },
  },
  'mgmt.channel.key': {
    call: async (world) => {
      const { id } = await world.made('/api/channel/', { name: 'shown', type: 1, key: 'sk-upstream', models: 'gpt-4o', group: 'default' });
      return { as: nobody, headers: (await verified(world, 100)).headers, path: `/api/channel/${id}/key` };
    },
  },
  'mgmt.passkey.status': {
    call: async (world) => {
      const { headers, key } = await withPasskey(world);
      const asked = publicKey(await world.call('POST', { path: '/api/user/passkey/verify/begin', headers }));
      await world.call('POST', { path: '/api/user/passkey/verify/finish', headers, body: key.get(asked) });
      return { as: nobody, headers };
    },
  },
  'mgmt.passkey.register_begin': { call: async (world) => { await allowPasskeys(world); return { as: nobody, headers: (await world.person()).headers }; }, extra: extensions('data'), empty: lists('excludeCredentials') },
  'mgmt.passkey.register_finish': {
    call: async (world) => {
      await allowPasskeys(world);
      const { headers } = await world.person(), asked = publicKey(await world.call('POST', { path: '/api/user/passkey/register/begin', headers }));
      return { as: nobody, headers, body: new Authenticator().create(asked) };
    },
  },
  'mgmt.passkey.verify_begin': { call: async (world) => ({ as: nobody, headers: (await withPasskey(world)).headers }), empty: lists('allowCredentials') },
  'mgmt.passkey.verify_finish': {
    call: async (world) => {
      const { headers, key } = await withPasskey(world), asked = publicKey(await world.call('POST', { path: '/api/user/passkey/verify/begin', headers }));
      return { as: nobody, headers, body: key.get(asked) };
    },
  },
  'mgmt.passkey.login_begin': { call: async (world) => { await allowPasskeys(world); return {}; }, empty: lists('allowCredentials') },
  'mgmt.passkey.login_finish': {
    call: async (world) => {
      const { key } = await withPasskey(world), begun = await world.call('POST', { path: '/api/user/passkey/login/begin' });
      return { headers: { cookie: String(begun.headers['set-cookie']).split(';')[0]! }, body: key.get(publicKey(begun)) };
    },
  },
  'mgmt.passkey.delete': { call: async (world) => { const { headers } = await withPasskey(world); return { as: nobody, headers }; } },
};

function lists(name: string): string[] {
  return [`data.options.publicKey.${name}`];
}

/** What browsers may be told beside the example. */
function extensions(path: string): string[] {
  return ['extensions', 'hints', 'attestationFormats'].map((name) => `${path}.options.publicKey.${name}`);
}
