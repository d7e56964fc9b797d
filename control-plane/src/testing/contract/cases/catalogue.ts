/** Models, vendors, groups to fill in. */
import type { World } from '../world.ts';
import type { SuccessCases } from './case.ts';
import { withChannel } from './people.ts';

let serial = 0;

const newVendor = async (world: World): Promise<number> => (await world.made('/api/vendors/', { name: `vendor-${++serial}` })).id as number;
const newGroup = async (world: World): Promise<number> => (await world.made('/api/prefill_group/', { name: `group-${++serial}`, type: 'model', items: ['gpt-4o'] })).id as number;
const model = (over: object = {}) => ({ model_name: 'gpt-', name_rule: 1, tags: 'chat', endpoints: '["openai"]', icon: 'OpenAI', ...over });

/** One that channels serve, of a vendor, so that every member has something to show. */
async function newModel(world: World, name = 'gpt-'): Promise<number> {
  await withChannel(world);
  const known = await world.call('GET', { as: 'admin', path: '/api/models/search', query: `keyword=${name}` });
  const found = (known.body.data.items as { id: number; model_name: string }[]).find((one) => one.model_name === name);
  return found?.id ?? (await world.made('/api/models/', model({ model_name: name, vendor_id: await newVendor(world) }))).id as number;
}

const nothing = (path: string) => ['bound_channels', 'enable_groups', 'quota_types', 'matched_models'].map((name) => `${path}.${name}`);

export const catalogueCases: SuccessCases = {
  'mgmt.vendor.list': { call: async (world) => { await newVendor(world); return { path: '/api/vendors/' }; } },
  'mgmt.vendor.search': { call: async (world) => { await newVendor(world); return { query: 'keyword=vendor' }; } },
  'mgmt.vendor.get': { call: async (world) => ({ path: `/api/vendors/${await newVendor(world)}` }) },
  'mgmt.vendor.create': { call: { body: { name: 'made' } } },
  'mgmt.vendor.update': { call: async (world) => ({ body: { id: await newVendor(world), description: 'changed' } }) },
  'mgmt.vendor.delete': { call: async (world) => ({ path: `/api/vendors/${await newVendor(world)}` }) },
  'mgmt.prefill.list': { call: async (world) => { await newGroup(world); return {}; } },
  'mgmt.prefill.create': { call: { body: { name: 'made', type: 'model', items: ['gpt-4o'] } } },
  'mgmt.prefill.update': { call: async (world) => ({ body: { id: await newGroup(world), name: 'changed', type: 'model', items: ['gpt-4o'] } }) },
  'mgmt.prefill.delete': { call: async (world) => ({ path: `/api/prefill_group/${await newGroup(world)}` }) },
  'mgmt.models.list': { call: async (world) => { await newModel(world); return {}; }, maps: ['data.vendor_counts'], empty: nothing('data.items[]') },
  'mgmt.models.search': { call: async (world) => { await newModel(world); return { query: 'keyword=gpt' }; }, empty: nothing('data.items[]') },
  'mgmt.models.get': { call: async (world) => ({ path: `/api/models/${await newModel(world)}` }) },
  'mgmt.models.create': { call: async (world) => { await withChannel(world); return { body: model({ model_name: 'gpt-4o', name_rule: 0 }) }; } },
  'mgmt.models.update': { call: async (world) => ({ body: { id: await newModel(world), description: 'changed' } }) },
  'mgmt.models.delete': { call: async (world) => ({ path: `/api/models/${await newModel(world, `gone-${++serial}`)}` }) },
  'mgmt.models.missing': { call: async (world) => { await world.made('/api/channel/', { name: `odd-${++serial}`, type: 1, key: 'sk', models: 'nobody-describes-this', group: 'default' }); return withChannel(world); } },
};
