import { renderStreamFailure } from '../dialects/openai-chat/failure.ts';
import { watch } from '../dialects/openai-chat/watch.ts';
import { endpoint } from './endpoint.ts';

/** `POST /v1/completions`: chunks have `text` where those of chat have `delta`; usage, finish and `[DONE]` are the same. */
export const completions = endpoint({
  name: 'completions',
  path: '/v1/completions',
  members: ['prompt', 'max_tokens', 'n'],
  check: (found) => found.require('prompt'),
  limit: (found) => found.count('max_tokens') * found.factor('n', 128),
  answer: { whole: ['choices'] },
  watchStream: (usage) => watch({ stream: true, textMark: '"text"', ...(usage ? { usage } : {}) }),
  hidesUsage: true,
  renderStreamFailure,
});
