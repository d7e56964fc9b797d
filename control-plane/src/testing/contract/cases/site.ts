/** What everybody may read, options, and set-up. */
import type { World } from '../world.ts';
import type { SuccessCases } from './case.ts';
import { withChannel } from './people.ts';

async function option(world: World, key: string, value: string) {
  const told = await world.call('PUT', { as: 'root', path: '/api/option/', body: { key, value } });
  if (told.body.success !== true) throw new Error(`option ${key}: ${told.text}`);
  return {};
}

export const siteCases: SuccessCases = {
  'mgmt.system.status': { maps: ['data.chats[]'], empty: ['data.api_info', 'data.announcements', 'data.faq'] },
  'mgmt.system.about': {},
  'mgmt.system.home': {},
  'mgmt.system.notice': { call: (world) => option(world, 'Notice', 'Hello') },
  'mgmt.system.privacy': {},
  'mgmt.system.agreement': {},
  'mgmt.system.models': { call: withChannel, maps: ['data'] },
  'mgmt.system.pricing': { call: withChannel, maps: ['group_ratio', 'usable_group', 'supported_endpoint'], empty: ['vendors', 'auto_groups'] },
  'mgmt.system.ratio_config': { call: (world) => option(world, 'ExposeRatioEnabled', 'true'), maps: ['data.model_ratio', 'data.completion_ratio', 'data.cache_ratio', 'data.model_price'], empty: ['data.model_price'] },
  'mgmt.system.setup_get': {},
  'mgmt.system.setup_post': { call: { address: '127.0.0.1', headers: { host: 'localhost' }, body: { username: 'owner', password: 'a long password', confirmPassword: 'a long password' } } },
  'mgmt.option.list': { call: { path: '/api/option/' } },
  'mgmt.option.update': { call: { body: { key: 'SystemName', value: 'Weir' } } },
  'mgmt.option.reset_ratio': {},
  'mgmt.option.migrate': {},
  'mgmt.system.status_test': {},
  'mgmt.ratio_sync.channels': {},
};
