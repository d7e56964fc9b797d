import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import type { ChatRequest, Json } from '../dialects/chat-event.ts';
import { isObject, list, wire } from '../dialects/json-member.ts';
import { callsOf } from '../dialects/tool-turns.ts';
import { deepseekBalance } from './asking/balances.ts';
import { modelsAt } from './asking/model-lists.ts';
import { bearer, provider } from './provider.ts';

/** Wire notes: fixtures/deepseek/README.md */
export const deepseek = provider({
  name: 'deepseek',
  label: 'DeepSeek',
  type: 43,
  baseUrl: 'https://api.deepseek.com',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [openaiChat, anthropicMessages],
  suggestedModels: ['deepseek-chat', 'deepseek-reasoner'],

  listModels: modelsAt('/models'),
  balance: deepseekBalance,

  path: ({ dialect }) => (dialect.name === 'anthropic-messages' ? `/anthropic${dialect.path}` : dialect.path),

  // Cache hits stand at the top level of `usage`, where the dialect does not look.
  readUsage: (usage, usual) => {
    const hit = usage['prompt_cache_hit_tokens'];
    return typeof hit === 'number' ? { ...usual, cacheRead: hit } : usual;
  },

  // Providers 4.9: it wants its thoughts back with the calls they led to, and knows JSON only as an object.
  writeRequest: (written, request, dialect) => {
    if (dialect !== openaiChat) return written;
    const { reasoning_effort: effort, response_format: format, messages, ...others } = written;
    return wire({
      ...others,
      messages: [...instruction(request), ...replayed(list(messages), request)],
      thinking: effort === undefined ? undefined : { type: effort === 'none' ? 'disabled' : 'enabled' },
      response_format: format === undefined ? undefined : { type: 'json_object' },
    });
  },
});

function instruction({ responseFormat }: ChatRequest): Json[] {
  if (responseFormat?.kind !== 'json_schema') return [];
  return [{ role: 'system', content: `Answer with one JSON object that matches this JSON Schema: ${JSON.stringify(responseFormat.schema)}` }];
}

/** Thoughts that are not known any more are sent as an empty text, which it accepts. */
function replayed(messages: readonly Json[], request: ChatRequest): Json[] {
  const thoughts = request.messages.filter((message) => callsOf(message).length > 0)
    .map((message) => message.parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])).join(''));
  return messages.map((message) => (isObject(message) && message['tool_calls'] !== undefined ? { ...message, reasoning_content: thoughts.shift() ?? '' } : message));
}
