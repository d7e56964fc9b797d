/** Channels and their credentials. */
import type { World } from '../world.ts';
import type { SuccessCases } from './case.ts';
import { withChannel } from './people.ts';

let serial = 0;

const body = (over: object = {}) => ({ name: `channel-${++serial}`, type: 1, key: 'sk-upstream', models: 'gpt-4o,gpt-4o-mini', group: 'default', ...over });
const newChannel = async (world: World, over: object = {}): Promise<number> => (await world.made('/api/channel/', body(over))).id as number;
/** What the example leaves out of a channel that it shows. */
const nullable = ['openai_organization', 'test_model', 'setting', 'param_override', 'header_override', 'remark', 'tag'];
const under = (path: string) => nullable.map((name) => `${path}.${name}`);

export const channelCases: SuccessCases = {
  'mgmt.channel.list': { call: async (world) => { await newChannel(world); return { path: '/api/channel/' }; }, nullable: under('data.items[]'), maps: ['data.type_counts'] },
  'mgmt.channel.search': { call: async (world) => { await newChannel(world); return { query: 'keyword=channel' }; }, nullable: under('data.items[]'), maps: ['data.type_counts'] },
  'mgmt.channel.get': { call: async (world) => ({ path: `/api/channel/${await newChannel(world)}` }), nullable: under('data') },
  'mgmt.channel.create': { call: { body: body() } },
  'mgmt.channel.update': { call: async (world) => ({ body: { id: await newChannel(world), name: 'changed' } }), nullable: under('data') },
  'mgmt.channel.delete': { call: async (world) => ({ path: `/api/channel/${await newChannel(world)}` }) },
  'mgmt.channel.copy': { call: async (world) => ({ path: `/api/channel/copy/${await newChannel(world)}` }) },
  'mgmt.channel.batch_delete': { call: async (world) => ({ body: { ids: [await newChannel(world)] } }) },
  'mgmt.channel.batch_tag': { call: async (world) => ({ body: { ids: [await newChannel(world)], tag: 'blue' } }) },
  'mgmt.channel.delete_disabled': {},
  'mgmt.channel.fix': {},
  'mgmt.channel.models': { call: withChannel },
  'mgmt.channel.models_enabled': { call: withChannel },
  'mgmt.channel.multi_key': {
    call: async (world) => {
      const id = (await world.made('/api/channel/', { mode: 'multi_to_single', channel: body({ key: 'sk-one\nsk-two' }) })).id as number;
      return { body: { channel_id: id, action: 'get_key_status' } };
    },
    optional: ['data.keys[].disabled_time', 'data.keys[].reason'],
  },
  'mgmt.channel.tag_disable': { call: async (world) => { await newChannel(world, { tag: 'red' }); return { body: { tag: 'red' } }; } },
  'mgmt.channel.tag_enable': { call: async (world) => { await newChannel(world, { tag: 'red' }); return { body: { tag: 'red' } }; } },
  'mgmt.channel.tag_models': { call: async (world) => { await newChannel(world, { tag: 'green' }); return { query: 'tag=green' }; } },
  'mgmt.channel.tag_edit': { call: async (world) => { await newChannel(world, { tag: 'grey' }); return { body: { tag: 'grey', new_tag: 'gray' } }; } },
  'mgmt.channel.test_all': { call: withChannel },
};
