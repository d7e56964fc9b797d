/** Prices, as other sites and new-api clients read them. */
import { endpointTypes } from './endpoint-types.ts';
import type { Node, RestView } from '../view.ts';

const map = (entries: readonly Node[]): Record<string, number> => Object.fromEntries(entries.map(({ model, value }) => [model, Number(value)]));

export const legacyRatioConfig: RestView = {
  name: 'LegacyRatioConfig', on: 'RatioConfig',
  selection: 'modelRatio { model value } completionRatio { model value } cacheRatio { model value } callPrice { model value }',
  encode: ({ modelRatio, completionRatio, cacheRatio, callPrice }) => ({
    model_ratio: map(modelRatio), completion_ratio: map(completionRatio), cache_ratio: map(cacheRatio), model_price: map(callPrice),
  }),
};

const endpoints: Record<string, { path: string; method: string }> = {
  openai: { path: '/v1/chat/completions', method: 'POST' }, 'openai-response': { path: '/v1/responses', method: 'POST' },
  anthropic: { path: '/v1/messages', method: 'POST' }, gemini: { path: '/v1beta/models/{model}:generateContent', method: 'POST' },
};

const typesOf = (dialects: readonly string[]): string[] => dialects.flatMap((dialect) => endpointTypes[dialect] ?? []);

const entryTypes = ({ dialects, endpoints: own }: Node): string[] => (own.length ? own.map(({ type }: Node) => type) : typesOf(dialects));

function priced(entry: Node): Record<string, unknown> {
  const { model, mode, modelRatio, completionRatio, callPrice, expression, groups, description, icon, tags, vendor } = entry;
  return {
    model_name: model, description, icon, tags: tags.join(','), vendor_id: vendor ? Number(vendor.legacyId) : 0, quota_type: mode === 'PER_CALL' ? 1 : 0,
    model_ratio: Number(modelRatio), model_price: Number(callPrice), owner_by: '', completion_ratio: Number(completionRatio), enable_groups: groups, supported_endpoint_types: entryTypes(entry),
    ...(expression && { billing_mode: 'tiered_expr', billing_expr: expression }),
  };
}

/** The usual endpoints of the types in use, then what metadata says of a type. */
function supported(entries: readonly Node[]): Record<string, unknown> {
  const used = new Set<string>(entries.flatMap(entryTypes));
  const usual = Object.entries(endpoints).filter(([type]) => used.has(type));
  const own = entries.flatMap((entry) => entry.endpoints).filter(({ path }: Node) => path).map(({ type, path, method }: Node) => [type, { path, method }]);
  return Object.fromEntries([...usual, ...own]);
}

export const legacyPricing: RestView = {
  name: 'LegacyPricing', on: 'PriceList',
  selection: `entries { model mode modelRatio completionRatio callPrice expression groups dialects endpoints { type path method } description icon tags vendor { legacyId } }
    groups { name ratio description } vendors { legacyId name description icon } autoGroups`,
  encode: ({ entries }) => entries.map(priced),
  encodeBeside: ({ entries, groups, vendors, autoGroups }) => ({
    vendors: vendors.map(({ legacyId, name, description, icon }: Node) => ({ id: Number(legacyId), name, description, icon })),
    group_ratio: Object.fromEntries(groups.map(({ name, ratio }: Node) => [name, Number(ratio)])),
    usable_group: Object.fromEntries(groups.map(({ name, description }: Node) => [name, description || name])),
    supported_endpoint: supported(entries), auto_groups: autoGroups,
  }),
};
