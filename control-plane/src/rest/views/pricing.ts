/** Prices, as other sites and new-api clients read them. */
import type { Node, RestView } from '../view.ts';

const map = (entries: readonly Node[]): Record<string, number> => Object.fromEntries(entries.map(({ model, value }) => [model, Number(value)]));

export const legacyRatioConfig: RestView = {
  name: 'LegacyRatioConfig', on: 'RatioConfig',
  selection: 'modelRatio { model value } completionRatio { model value } cacheRatio { model value } callPrice { model value }',
  encode: ({ modelRatio, completionRatio, cacheRatio, callPrice }) => ({
    model_ratio: map(modelRatio), completion_ratio: map(completionRatio), cache_ratio: map(cacheRatio), model_price: map(callPrice),
  }),
};
