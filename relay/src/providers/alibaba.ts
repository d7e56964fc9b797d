import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { text, wire } from '../dialects/json-member.ts';
import { alibabaServes } from './parts/alibaba-endpoints.ts';
import { modelsAt } from './asking/model-lists.ts';
import { compatible } from './parts/compatible.ts';
import { given, provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';
import { clamped, isThinking, without } from './parts/request-edits.ts';

/** Providers 4.10. Recordings: fixtures/alibaba. */
export const alibaba = provider({
  ...compatible,
  name: 'alibaba',
  label: 'Alibaba DashScope',
  type: 17,
  baseUrl: 'https://dashscope.aliyuncs.com',
  speaks: [openaiChat, anthropicMessages, openaiResponses],
  suggestedModels: ['qwen3-max', 'qwen-plus', 'qwen-flash', 'qwen3-coder-plus', 'qwen3-vl-plus', 'qwq-plus', 'text-embedding-v4'],
  able: (model) => ({ forcedTool: 'named', oneCall: true, documents: false, videos: true, cacheMarks: true, ...(streamsOnly.test(model) ? { streamOnly: true } : {}) }),
  places: {
    'openai-chat': '/compatible-mode/v1/chat/completions',
    'openai-responses': '/compatible-mode/v1/responses',
    'anthropic-messages': '/apps/anthropic/v1/messages',
  },
  authorize: (credential, { settings }) => [...compatible.authorize(credential), ...given('x-dashscope-plugin', text(settings['plugin']))],
  serves: alibabaServes,
  listModels: modelsAt('/compatible-mode/v1/models'),

  // What it takes lies between 0 and 1, both left out.
  writeRequest: (written, { reasoning }, dialect) => {
    if (dialect !== openaiChat) return written;
    const thinks = isThinking(written);
    return wire({ ...clamped(without(written, 'reasoning_effort'), 'top_p', 0.01, 0.999), enable_thinking: thinks, thinking_budget: thinks === false ? undefined : reasoning?.budgetTokens });
  },

  readFailure: meanings({
    key: ['InvalidApiKey', 'invalid_api_key'], account: ['Arrearage', 'AccessDenied*'], missing: ['ModelNotFound', 'model_not_found'],
    rate: ['Throttling*'], content: ['DataInspectionFailed', 'data_inspection_failed'], server: ['InternalError*'], request: ['InvalidParameter*'],
  }),
});

/** Models that answer in streams alone. */
const streamsOnly = /^(?:qwq|qvq|qwen.*-omni|qwen3.*-thinking)/;
