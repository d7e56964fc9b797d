/** Users, keys and groups. */
import type { World } from '../world.ts';
import type { SuccessCases } from './case.ts';

let serial = 0;

const newUser = (world: World) => world.made('/api/user/', { username: `made-${++serial}`, password: 'a long password' });
const newToken = (world: World) => world.made('/api/token/', { name: `key-${++serial}`, unlimited_quota: true }, 'user');
/** A caller of their own, for what ends an account, a session or a token. */
const alone = async (world: World) => ({ as: 'nobody', headers: (await world.person()).headers }) as const;

export const peopleCases: SuccessCases = {
  'mgmt.user.list': { call: { path: '/api/user/' } },
  'mgmt.user.search': { call: { query: 'keyword=user' } },
  'mgmt.user.get': { call: async ({ people }) => ({ path: `/api/user/${people.user.principal.userId}` }) },
  'mgmt.user.create': { call: { body: { username: 'created', password: 'a long password' } } },
  'mgmt.user.update': { call: async (world) => ({ body: { id: (await newUser(world)).id, display_name: 'Changed' } }) },
  'mgmt.user.delete': { call: async (world) => ({ path: `/api/user/${(await newUser(world)).id}` }) },
  'mgmt.user.manage': { call: async (world) => ({ body: { id: (await newUser(world)).id, action: 'disable' } }) },
  'mgmt.user.self': {},
  'mgmt.user.update_self': { call: { body: { display_name: 'Myself' } } },
  'mgmt.user.delete_self': { call: alone },
  'mgmt.user.access_token': { call: alone },
  'mgmt.user.groups': {},
  'mgmt.user.self_groups': { extra: ['data.vip'] },
  'mgmt.user.setting': { call: { body: { notify_type: 'email', quota_warning_threshold: 500_000 } } },
  'mgmt.user.models': { call: withChannel },
  'mgmt.group.list': {},
  'mgmt.token.list': { call: { path: '/api/token/' } },
  'mgmt.token.search': { call: { query: 'keyword=first' } },
  'mgmt.token.get': { call: async (world) => ({ path: `/api/token/${(await newToken(world)).id}` }) },
  'mgmt.token.create': { call: { body: { name: 'made', unlimited_quota: true } } },
  'mgmt.token.update': { call: async (world) => ({ body: { id: (await newToken(world)).id, name: 'renamed' } }) },
  'mgmt.token.delete': { call: async (world) => ({ path: `/api/token/${(await newToken(world)).id}` }) },
  'mgmt.token.batch_delete': { call: async (world) => ({ body: { ids: [(await newToken(world)).id] } }) },
  'mgmt.usage.token': { maps: ['data.model_limits'], empty: ['data.model_limits'] },
};

/** Models are those of channels. */
export async function withChannel(world: World) {
  await world.made('/api/channel/', { name: `served-${++serial}`, type: 1, key: 'sk-upstream', models: 'gpt-4o', group: 'default' });
  // Lists of served models are kept for a while.
  world.app.clock.advance(120_000);
  return {};
}
