import { cozeChat } from '../dialects/chat-relatives/coze.ts';
import { bearer, provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';

/** Providers 5: the bot stands in the channel's `other`. */
export const coze = provider({
  name: 'coze',
  label: 'Coze',
  type: 49,
  baseUrl: 'https://api.coze.cn',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [cozeChat],
  suggestedModels: ['coze'],
  able: { streamUsage: 'never', streamOnly: true, tools: false, jsonSchema: 'words', images: 'none', documents: false, audio: false, severalAnswers: false, system: 'first' },
  wrapBody: (body, { extra }) => Buffer.from(`{"bot_id":${JSON.stringify(extra.other.trim())},${body.toString('utf8').slice(1)}`),
  readFailure: meanings({ key: ['4100', '4101'], account: ['4028'], rate: ['4013'] }),
});
