import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { isObject, text, wire } from '../dialects/json-member.ts';
import type { ServedAs } from '../endpoints/served.ts';
import { modelsAt } from './asking/model-lists.ts';
import { compatible } from './parts/compatible.ts';
import { volcengineSuffixes } from './parts/model-suffixes.ts';
import { givenPictures } from './parts/pictures.ts';
import { arkBase, inApplication, volcengineSpeech } from './parts/volcengine-speech.ts';
import { given, provider } from './provider.ts';
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

const pictures: ServedAs = { path: '/api/v3/images/generations' };

function asEdit(request: JsonObject): JsonObject {
  const shown = givenPictures(request);
  return { ...without(request, 'images', 'mask', 'input_fidelity', 'background', 'moderation', 'quality'), image: shown.length === 1 ? shown[0]! : shown };
}

/** Providers 4.16. A key of two pieces, `appid|token`, is one for speech. */
export const volcengine = provider({
  ...compatible,
  name: 'volcengine',
  label: 'VolcEngine Ark',
  type: 45,
  baseUrl: arkBase,
  credential: { apiKey: 'secret', appId: 'text', accessToken: 'secret' },
  pieces: [['apiKey'], ['appId', 'accessToken']],
  // With a semicolon: so its speech wants it.
  authorize: ({ apiKey, accessToken }) => given('authorization', apiKey ? `Bearer ${apiKey}` : accessToken && `Bearer;${accessToken}`),
  // Messages are taken on the coding plan only, where they have an address of their own.
  speaks: [openaiChat, openaiResponses, anthropicMessages],
  suggestedModels: ['doubao-seed-1-8-251228', 'doubao-seed-1-6-250615', 'doubao-seed-1-6-flash-250615', 'deepseek-v3-1-terminus', 'doubao-embedding-vision-250615'],
  able: { videos: true, documents: false, audio: false, severalAnswers: false },
  suffixes: volcengineSuffixes,
  path: (call) => {
    if (call.dialect.name === 'openai-responses') return '/api/v3/responses';
    if (call.dialect.name !== 'openai-chat') return pathOf(call);
    return call.model.startsWith('bot-') ? '/api/v3/bots/chat/completions' : '/api/v3/chat/completions';
  },
  // It edits where it makes: what is to be edited stands in `image`.
  serves: { embeddings, 'image-generations': pictures, 'image-edits': { ...pictures, writeRequest: asEdit }, speech: volcengineSpeech },
  listModels: modelsAt('/api/v3/models'),
  wrapBody: (body, call) => (call.dialect.name === 'speech' ? inApplication(body, call) : body),

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
    rate: ['RateLimitExceeded*', 'ServerOverloaded', 'ModelAccountRpmRateLimitExceeded', 'ModelAccountTpmRateLimitExceeded', '3003'],
    key: ['AuthenticationError'], missing: ['InvalidEndpointOrModel*', 'ModelNotOpen'],
    // Of its speech, in answers of status 200.
    request: ['3001', '3010', '3011', '3050'], server: ['3005', '3031', '3032', '3040'], timeout: ['3030'],
  }),
});

const effort = (asked: string | undefined): string | undefined => (asked === 'xhigh' || asked === 'max' ? 'high' : asked);
