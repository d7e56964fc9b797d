import { hunyuanChat } from '../dialects/chat-relatives/hunyuan.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { signTencent } from '../signing/tencent.ts';
import { type Call, given, provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';

const compatibleBase = 'https://api.hunyuan.cloud.tencent.com';

/** Providers 5. A key of three pieces signs its own API; a plain key is for the compatible one, which is the better choice. */
export const tencent = provider({
  name: 'tencent',
  label: 'Tencent Hunyuan',
  type: 23,
  baseUrl: 'https://hunyuan.tencentcloudapi.com',
  credential: { apiKey: 'secret', appId: 'text', secretId: 'text', secretKey: 'secret' },
  pieces: [['apiKey'], ['appId', 'secretId', 'secretKey']],
  authorize: ({ apiKey }) => given('authorization', apiKey && `Bearer ${apiKey}`),
  speaks: [openaiChat, hunyuanChat],
  languages: (_, __, { apiKey }) => [apiKey ? openaiChat : hunyuanChat],
  suggestedModels: ['hunyuan-turbos-latest', 'hunyuan-t1-latest', 'hunyuan-large', 'hunyuan-vision', 'hunyuan-lite', 'hunyuan-embedding'],
  able: { forcedTool: 'named', oneCall: false, jsonSchema: 'words', documents: false, audio: false, severalAnswers: false, system: 'first' },
  path: (call) => (call.dialect === hunyuanChat ? '/' : `${compatibleAt(call)}${call.dialect.path}`),
  serves: { embeddings: {} },

  sign: async (request, { credential, dialect }, { now }) => {
    const { secretId = '', secretKey = '' } = credential;
    if (dialect !== hunyuanChat) return { headers: [] };
    return { headers: signTencent(request, { secretId, secretKey }, { service: 'hunyuan', action: 'ChatCompletions', version: '2023-09-01' }, now) };
  },

  readFailure: meanings({
    key: ['AuthFailure*'], rate: ['LimitExceeded*', 'RequestLimitExceeded*'], account: ['ResourceUnavailable.InArrears', 'ResourceInsufficient*', 'FailedOperation.ResourcePackExhausted'],
    request: ['InvalidParameter*'], unknown: ['FailedOperation*'],
  }),
});

/** Its two APIs live on two hosts. */
const compatibleAt = ({ base }: Call): string => (base === tencent.baseUrl ? compatibleBase : '');
