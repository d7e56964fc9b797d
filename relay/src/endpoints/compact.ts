import { endpoint } from './endpoint.ts';

const suffix = '-openai-compact';

/** `POST /v1/responses/compact`: passes, and has prices of its own (semantics 1.3). */
export const compact = endpoint({
  name: 'responses-compact',
  path: '/v1/responses/compact',
  members: ['max_output_tokens'],
  check: () => undefined,
  limit: (found) => found.count('max_output_tokens'),
  priceNames: (model) => [model.endsWith(suffix) ? model : `${model}${suffix}`, `*${suffix}`, model],
  answer: { whole: ['output'] },
});
