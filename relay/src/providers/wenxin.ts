import { wenxinChat, wenxinName, wenxinPath } from '../dialects/chat-relatives/wenxin.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { list, wire } from '../dialects/json-member.ts';
import { Failure } from '../failure/failure.ts';
import { baiduToken } from '../signing/baidu.ts';
import { provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';

/** Providers 5: Baidu's first API, for channels that have it still. The key is `clientId|clientSecret`. */
export const wenxin = provider({
  name: 'wenxin',
  label: 'Baidu Wenxin',
  type: 15,
  baseUrl: 'https://aip.baidubce.com',
  credential: { clientId: 'text', clientSecret: 'secret' },
  authorize: () => [],
  speaks: [wenxinChat],
  suggestedModels: ['ERNIE-4.0-8K', 'ERNIE-3.5-8K', 'ERNIE-Speed-128K', 'ERNIE-Lite-8K-0922', 'ERNIE-Tiny-8K', 'Embedding-V1', 'bge-large-zh'],
  able: { streamUsage: 'never', tools: false, jsonSchema: 'words', images: 'none', documents: false, audio: false, severalAnswers: false, system: 'first' },
  serves: {
    embeddings: {
      path: ({ model }) => `${wenxinPath}/embeddings/${wenxinName(model)}`,
      writeRequest: ({ input, user }): JsonObject => wire({ input: typeof input === 'string' ? [input] : list(input), user_id: user }),
    },
  },

  sign: async (_, { credential, base }, means) => {
    const { clientId = '', clientSecret = '' } = credential;
    const token = await baiduToken(clientId, clientSecret, base, means);
    return token instanceof Failure ? token : { headers: [], query: `access_token=${encodeURIComponent(token)}` };
  },

  // In answers of status 200, in `error_code`.
  readFailure: meanings({
    rate: ['4', '18', '336501', '336502'], account: ['6', '17', '19'], key: ['13', '14', '15', '100', '110', '111'], request: ['336003', '336007'], content: ['336006'],
    server: ['336000', '336100'],
  }),
});
