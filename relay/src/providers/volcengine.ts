import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { isObject, text, wire } from '../dialects/json-member.ts';
import type { ServedAs } from '../endpoints/served.ts';
import { modelsAt } from './asking/model-lists.ts';
import { compatible } from './parts/compatible.ts';
import { volcengineSuffixes } from './parts/model-suffixes.ts';
import { provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';
import { isThinking, without } from './parts/request-edits.ts';
import { pathOf } from './parts/upstream-address.ts';

/** Models that see take parts, of which one vector is made. */
const sees = /embedding-vision/;
const embeddings: ServedAs = {
  path: ({ model }) => (sees.test(model) ? '/api/v3/embeddings/multimodal' : '/api/v3/embeddings'),
  writeRequest: (request) => {
    if (!sees.test(text(request['model']) ?? '') || typeof request['input'] !== 'string') return request;
    return { ...request, input: [{ type: 'text', text: request['input'] }] };
  },
  readAnswer: (answer) => (isObject(answer['data']) ? { ...answer, data: [{ object: 'embedding', index: 0, embedding: answer['data']['embedding'] ?? [] }] } : answer),
};

/** Providers 4.16. */
export const volcengine = provider({
  ...compatible,
  name: 'volcengine',
  label: 'VolcEngine Ark',
  type: 45,
  baseUrl: 'https://ark.cn-beijing.volces.com',
  // Messages are taken on the coding plan only, where they have an address of their own.
  speaks: [openaiChat, openaiResponses, anthropicMessages],
  suggestedModels: ['doubao-seed-1-8-251228', 'doubao-seed-1-6-250615', 'doubao-seed-1-6-flash-250615', 'deepseek-v3-1-terminus', 'doubao-embedding-vision-250615'],
  able: { documents: false, audio: false, severalAnswers: false },
  suffixes: volcengineSuffixes,
  path: (call) => {
    if (call.dialect.name === 'openai-responses') return '/api/v3/responses';
    if (call.dialect.name !== 'openai-chat') return pathOf(call);
    return call.model.startsWith('bot-') ? '/api/v3/bots/chat/completions' : '/api/v3/chat/completions';
  },
  serves: { embeddings, 'image-generations': { path: '/api/v3/images/generations' } },
  listModels: modelsAt('/api/v3/models'),

  writeRequest: (written, _, dialect) => {
    if (dialect !== openaiChat) return written;
    const thinks = isThinking(written), limit = written['max_completion_tokens'];
    return wire({
      ...without(written, ...(limit === undefined ? [] : ['max_tokens']), ...(thinks === false ? ['reasoning_effort'] : [])),
      thinking: thinks === undefined ? undefined : { type: thinks ? 'enabled' : 'disabled' },
      reasoning_effort: thinks === true ? effort(text(written['reasoning_effort'])) : undefined,
    });
  },

  readFailure: meanings({
    content: ['SensitiveContentDetected*', 'InputTextSensitiveContentDetected*', 'OutputTextSensitiveContentDetected*'], account: ['AccountOverdueError'],
    rate: ['RateLimitExceeded*', 'ServerOverloaded', 'ModelAccountRpmRateLimitExceeded', 'ModelAccountTpmRateLimitExceeded'],
    key: ['AuthenticationError'], missing: ['InvalidEndpointOrModel*', 'ModelNotOpen'],
  }),
});

const effort = (asked: string | undefined): string | undefined => (asked === 'xhigh' || asked === 'max' ? 'high' : asked);
