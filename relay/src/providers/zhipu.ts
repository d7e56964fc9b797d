import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { list, member, text, wire } from '../dialects/json-member.ts';
import { modelsAt } from './asking/model-lists.ts';
import { compatible } from './parts/compatible.ts';
import { picturesAt } from './parts/pictures.ts';
import { provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';
import { clamped, isThinking, without } from './parts/request-edits.ts';

/** Providers 4.15. */
export const zhipu = provider({
  ...compatible,
  name: 'zhipu',
  label: 'Zhipu GLM',
  type: 26,
  baseUrl: 'https://open.bigmodel.cn',
  speaks: [openaiChat, anthropicMessages],
  suggestedModels: ['glm-4.7', 'glm-4.6', 'glm-4.5-air', 'glm-4.5v', 'glm-4-flash', 'embedding-3'],
  able: (model) => ({ streamUsage: 'always', forcedTool: 'none', oneCall: false, jsonSchema: 'object', documents: false, audio: false, videos: true, severalAnswers: false, thinkTags: model.startsWith('glm-z1') }),
  places: { 'openai-chat': '/api/paas/v4/chat/completions', 'anthropic-messages': '/api/anthropic/v1/messages' },
  serves: {
    embeddings: { path: '/api/paas/v4/embeddings' }, rerank: { path: '/api/paas/v4/rerank' }, 'image-generations': { path: '/api/paas/v4/images/generations', writeRequest: (request) => without(request, 'response_format'), ...picturesAt(({ data }) => list(data).map((each) => member(each, 'url') ?? null)) },
    speech: { path: '/api/paas/v4/audio/speech' }, transcriptions: { path: '/api/paas/v4/audio/transcriptions' },
  },
  listModels: modelsAt('/api/paas/v4/models'),

  writeRequest: (written, request, dialect) => {
    if (dialect !== openaiChat) return written;
    const model = text(written['model']) ?? '', thinks = isThinking(written), exact = written['temperature'] === 0;
    return wire({
      ...clamped(clamped(without(written, 'reasoning_effort', ...(exact ? ['temperature'] : [])), 'top_p', 0.01, 0.99), 'temperature', 0.01, 1),
      do_sample: exact ? false : undefined,
      thinking: thinks === undefined ? undefined : { type: thinks ? 'enabled' : 'disabled' },
      // Newer models hold back the arguments of calls unless they are told to stream them.
      tool_stream: request.stream && request.tools.length > 0 && streamsTools.test(model) ? true : undefined,
    });
  },

  readFailure: meanings({
    key: ['1000', '1001', '1002', '1003', '1004'], account: ['1110', '1111', '1112', '1113', '1304', '1308', '1310'],
    rate: ['1302', '1303', '1305'], content: ['1301'], tooLong: ['1261'], request: ['1210', '1211', '1212', '1213', '1214'],
  }),
});

const streamsTools = /^glm-(?:4\.[6-9]|[5-9])/;
