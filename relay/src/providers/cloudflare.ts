import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { isObject, member, text, wire } from '../dialects/json-member.ts';
import { cannot } from '../dialects/request/losses.ts';
import { toSource } from '../dialects/request/media.ts';
import { Failure } from '../failure/failure.ts';
import { compatible } from './parts/compatible.ts';
import { type Call, provider } from './provider.ts';
import { without } from './parts/request-edits.ts';
import { transcriptAnswer } from './parts/transcripts.ts';
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
      readAnswer: (answer): JsonObject | Failure => {
        const image = text(member(resultOf(answer), 'image'));
        return image ? { created: 0, data: [{ b64_json: image }] } : new Failure('bad_response_body', { note: 'an answer without a picture' });
      },
      bytesAs: 'image',
    },
    transcriptions: { path: (call) => below(call, `/run/${call.model}`), writeRequest: asSound, readAnswer: (answer, request) => transcriptAnswer(resultOf(answer), request) },
  },

  writeRequest: (written) => without(written, 'reasoning_effort'),
});

/** Whisper takes bytes as numbers, its newer form as base64. */
function asSound({ file, model, language, prompt, response_format: form }: JsonObject): JsonObject | Failure {
  if (form === 'srt') return cannot('response_format', 'must be json, text, verbose_json or vtt: this provider makes no other');
  const source = toSource(text(file) ?? ''), base64 = source && 'base64' in source ? source.base64 : '';
  return wire({ audio: text(model)?.includes('turbo') ? base64 : [...Buffer.from(base64, 'base64')], language, initial_prompt: prompt });
}

/** Its own answers are wrapped. */
const resultOf = (answer: JsonObject): JsonObject => (isObject(answer['result']) ? answer['result'] : answer);
