import { zhipuV3Chat } from '../dialects/chat-relatives/zhipu-v3.ts';
import { zhipuToken } from '../signing/zhipu.ts';
import { provider } from './provider.ts';

/** Providers 5: for channels that have it still; new ones take type 26. The key is `id.secret`. */
export const zhipuV3 = provider({
  name: 'zhipu-v3',
  label: 'Zhipu v3',
  type: 16,
  baseUrl: 'https://open.bigmodel.cn',
  credential: { apiKey: 'secret' },
  authorize: () => [],
  speaks: [zhipuV3Chat],
  suggestedModels: ['chatglm_turbo', 'chatglm_pro', 'chatglm_std', 'chatglm_lite'],
  able: { streamUsage: 'never', tools: false, jsonSchema: 'words', images: 'none', documents: false, audio: false, severalAnswers: false, system: 'first' },

  sign: async (_, { credential }, { now }) => {
    const { apiKey = '' } = credential, [id = '', secret = ''] = apiKey.split('.');
    // A key of another relay goes as it is.
    return { headers: [['authorization', apiKey.startsWith('sk-') ? `Bearer ${apiKey}` : zhipuToken(id, secret, now)]] };
  },
});
