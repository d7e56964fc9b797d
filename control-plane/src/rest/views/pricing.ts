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

/** Descriptions, icons, tags and vendors are empty: there is no metadata of models yet. */
function priced({ model, mode, modelRatio, completionRatio, callPrice, groups, dialects }: Node): Record<string, unknown> {
  return {
    model_name: model, description: '', icon: '', tags: '', vendor_id: 0, quota_type: mode === 'PER_CALL' ? 1 : 0, model_ratio: Number(modelRatio), model_price: Number(callPrice),
    owner_by: '', completion_ratio: Number(completionRatio), enable_groups: groups, supported_endpoint_types: typesOf(dialects),
  };
}

export const legacyPricing: RestView = {
  name: 'LegacyPricing', on: 'PriceList',
  selection: 'entries { model mode modelRatio completionRatio callPrice groups dialects } groups { name ratio description }',
  encode: ({ entries }) => entries.map(priced),
  encodeBeside: ({ entries, groups }) => {
    const used = new Set<string>(entries.flatMap(({ dialects }: Node) => typesOf(dialects)));
    return {
      vendors: [], group_ratio: Object.fromEntries(groups.map(({ name, ratio }: Node) => [name, Number(ratio)])),
      usable_group: Object.fromEntries(groups.map(({ name, description }: Node) => [name, description || name])),
      supported_endpoint: Object.fromEntries(Object.entries(endpoints).filter(([type]) => used.has(type))), auto_groups: [],
    };
  },
};
