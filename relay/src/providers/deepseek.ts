import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { list, text, wire } from '../dialects/json-member.ts';
import { deepseekSuffixes } from './parts/model-suffixes.ts';
import { deepseekBalance } from './asking/balances.ts';
import { modelsAt } from './asking/model-lists.ts';
import { bearer, provider } from './provider.ts';
import { replayed } from './parts/reasoning-replay.ts';
import { isThinking, without } from './parts/request-edits.ts';

/** Wire notes: fixtures/deepseek/README.md */
export const deepseek = provider({
  name: 'deepseek',
  label: 'DeepSeek',
  type: 43,
  baseUrl: 'https://api.deepseek.com',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [openaiChat, anthropicMessages],
  suffixes: deepseekSuffixes,
  suggestedModels: ['deepseek-chat', 'deepseek-reasoner'],
  // It knows JSON only as an object, and reads nothing but text.
  able: { oneCall: false, jsonSchema: 'object', images: 'none', documents: false, audio: false, severalAnswers: false },
  places: { 'anthropic-messages': '/anthropic/v1/messages' },
  serves: { completions: { path: '/beta/completions' } },
  listModels: modelsAt('/models'),
  balance: deepseekBalance,

  // Cache hits stand at the top level of `usage`, where the dialect does not look.
  readUsage: (usage, usual) => {
    const hit = usage['prompt_cache_hit_tokens'];
    return typeof hit === 'number' ? { ...usual, cacheRead: hit } : usual;
  },

  // Providers 4.9: it wants its thoughts back with the calls they led to; R1 refused them.
  writeRequest: (written, request, dialect) => {
    if (dialect !== openaiChat) return written;
    const thinks = isThinking(written), messages = list(written['messages']), old = first.test(text(written['model']) ?? '');
    return wire({
      ...without(written, 'reasoning_effort'),
      messages: old ? messages : replayed(messages, request),
      reasoning_effort: thinks === true && !old ? (most.has(text(written['reasoning_effort']) ?? '') ? 'max' : 'high') : undefined,
      ...(thinks === undefined ? {} : { thinking: { type: thinks ? 'enabled' : 'disabled' } }),
    });
  },
});

const first = /-r1\b/i;
/** It knows two degrees. */
const most = new Set(['xhigh', 'max']);
