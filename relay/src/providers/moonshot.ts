import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { isObject, list, text, wire } from '../dialects/json-member.ts';
import { balanceAt } from './asking/balances.ts';
import { compatible } from './parts/compatible.ts';
import { provider } from './provider.ts';
import { replayed } from './parts/reasoning-replay.ts';
import { isThinking, prefilled, without } from './parts/request-edits.ts';

/** Providers 4.14. Recordings: fixtures/moonshot. */
export const moonshot = provider({
  ...compatible,
  name: 'moonshot',
  label: 'Moonshot',
  type: 25,
  baseUrl: 'https://api.moonshot.cn',
  speaks: [openaiChat, anthropicMessages],
  suggestedModels: ['kimi-k2.6', 'kimi-k2.5', 'kimi-k2-turbo-preview', 'kimi-k2-thinking', 'moonshot-v1-128k'],
  able: (model) => ({
    oneCall: false, images: 'bytes', documents: false, audio: false, severalAnswers: !fixed.test(model),
    ...(old.test(model) ? { forcedTool: 'named' as const, jsonSchema: 'object' as const } : {}),
  }),
  places: { 'anthropic-messages': '/anthropic/v1/messages' },
  serves: { completions: {} },
  balance: balanceAt('/v1/users/me/balance', ['data', 'available_balance'], ({ base }) => (base.includes('moonshot.ai') ? 'USD' : 'CNY')),

  writeRequest: (written, request, dialect) => {
    if (dialect !== openaiChat) return written;
    const model = text(written['model']) ?? '', thinks = isThinking(written);
    const sampled = fixed.test(model) ? without(written, 'temperature', 'top_p', 'presence_penalty', 'frequency_penalty') : written;
    const tools = list(sampled['tools']);
    return wire({
      ...without(sampled, 'reasoning_effort'),
      messages: [...prefilled(replayed(list(sampled['messages']), request), 'partial')],
      tools: tools.length > 0 ? tools.map((tool) => (isObject(tool) ? withoutDraft(tool) : tool)) : undefined,
      thinking: thinks !== undefined && fixed.test(model) ? { type: thinks ? 'enabled' : 'disabled' } : undefined,
    });
  },
});

/** Models that set their own temperature. */
const fixed = /^kimi-k(?:2\.[5-9]|[3-9])/;
const old = /^moonshot-v1/;

/** It refuses schemas that name their draft. */
function withoutDraft(tool: JsonObject): JsonObject {
  const { function: spec } = tool;
  if (!isObject(spec) || !isObject(spec['parameters'])) return tool;
  return { ...tool, function: { ...spec, parameters: without(spec['parameters'], '$schema') } };
}
