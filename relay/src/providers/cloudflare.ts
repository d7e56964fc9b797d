import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { isObject, member, text } from '../dialects/json-member.ts';
import { compatible } from './parts/compatible.ts';
import { type Call, provider } from './provider.ts';
import { without } from './parts/request-edits.ts';
import { pathOf } from './parts/upstream-address.ts';

const { credential, authorize } = compatible;
const below = ({ extra }: Call, path: string): string => `/client/v4/accounts/${encodeURIComponent(extra.other.trim())}/ai${path}`;

/** Providers 5: the account stands in the channel's `other`. */
export const cloudflare = provider({
  credential, authorize,
  name: 'cloudflare',
  label: 'Cloudflare Workers AI',
  type: 39,
  baseUrl: 'https://api.cloudflare.com',
  speaks: [openaiChat, openaiResponses],
  suggestedModels: ['@cf/openai/gpt-oss-120b', '@cf/meta/llama-3.3-70b-instruct-fp8-fast', '@cf/qwen/qwq-32b', '@cf/baai/bge-m3', '@cf/openai/whisper-large-v3-turbo'],
  able: { forcedTool: 'none', oneCall: false, images: 'bytes', documents: false, audio: false, severalAnswers: false },
  path: (call) => below(call, pathOf(call)),
  serves: {
    completions: {}, embeddings: {},
    'image-generations': {
      path: (call) => below(call, `/run/${call.model}`),
      writeRequest: (request) => without(request, 'model', 'n', 'size', 'response_format', 'quality', 'style', 'user'),
      readAnswer: (answer): JsonObject => ({ created: 0, data: [{ b64_json: text(member(resultOf(answer), 'image')) ?? '' }] }),
    },
  },

  writeRequest: (written) => without(written, 'reasoning_effort'),
});

/** Its own answers are wrapped. */
const resultOf = (answer: JsonObject): JsonObject => (isObject(answer['result']) ? answer['result'] : answer);
