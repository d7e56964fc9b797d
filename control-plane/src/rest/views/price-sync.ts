/** Comparing prices with other sites, as new-api clients read it. */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import type { Node, RestView } from '../view.ts';

export const legacySyncSource: RestView = {
  name: 'LegacySyncSource', on: 'PriceSyncSource', selection: 'id name baseUrl status',
  encode: ({ id, name, baseUrl, status }) => ({ id, name, base_url: baseUrl, status: legacyInts.ChannelStatus![status] }),
};

const numeric = (text: string | null): number | null => (text === null ? null : Number(text));
const bySource = (candidates: readonly Node[], of: (candidate: Node) => unknown) => Object.fromEntries(candidates.map((candidate) => [candidate.source, of(candidate)]));

function difference({ current, candidates }: Node): Record<string, unknown> {
  return {
    current: numeric(current), upstreams: bySource(candidates, ({ value, same }) => (same ? 'same' : numeric(value))),
    confidence: bySource(candidates, ({ confident }) => confident),
  };
}

export const legacyPriceSync: RestView = {
  name: 'LegacyPriceSync', on: 'PriceSyncPayload',
  selection: 'differences { model kind current candidates { source value same confident } } results { name error }',
  encode: ({ differences, results }) => {
    const models: Record<string, Record<string, unknown>> = {};
    for (const one of differences) (models[one.model] ??= {})[String(one.kind).toLowerCase()] = difference(one);
    return { differences: models, test_results: results.map(({ name, error }: Node) => (error === null ? { name, status: 'success' } : { name, status: 'error', error })) };
  },
};
