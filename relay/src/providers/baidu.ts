import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { text, wire } from '../dialects/json-member.ts';
import { modelsAt } from './asking/model-lists.ts';
import { bearer, given, provider } from './provider.ts';
import { isThinking, without } from './parts/request-edits.ts';

/** Providers 5: Qianfan v2. The key may be `apikey|appid`: then the second goes along in a header. */
export const baidu = provider({
  name: 'baidu',
  label: 'Baidu Qianfan',
  type: 46,
  baseUrl: 'https://qianfan.baidubce.com',
  credential: { apiKey: 'secret', appId: 'text' },
  pieces: [['apiKey'], ['apiKey', 'appId']],
  authorize: (credential) => [...bearer('apiKey')(credential), ...given('appid', credential['appId'])],
  speaks: [openaiChat],
  suggestedModels: ['ernie-5.0-thinking-preview', 'ernie-4.5-turbo-128k', 'ernie-x1.1-preview', 'deepseek-v3.2', 'embedding-v1', 'bge-large-zh'],
  able: { oneCall: false, documents: false, audio: false, severalAnswers: false, system: 'first' },
  places: { 'openai-chat': '/v2/chat/completions' },
  serves: {
    embeddings: { path: '/v2/embeddings' }, rerank: { path: '/v2/rerank' }, 'image-generations': { path: '/v2/images/generations' }, 'image-edits': { path: '/v2/images/edits' },
  },
  listModels: modelsAt('/v2/models'),

  writeRequest: (written) => {
    const model = text(written['model']) ?? '', searches = model.endsWith('-search'), thinks = isThinking(written);
    return wire({
      ...without(written, 'reasoning_effort'),
      model: searches ? model.slice(0, -'-search'.length) : model,
      web_search: searches ? { enable: true, enable_citation: true, enable_trace: true } : undefined,
      enable_thinking: thinks,
    });
  },
});
