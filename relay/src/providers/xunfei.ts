import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { provider } from './provider.ts';
import { meanings } from './refusals.ts';
import { without } from './request-edits.ts';

/** Providers 5: Spark over HTTP. The key is the password of its API, or `apiKey:apiSecret`. */
export const xunfei = provider({
  name: 'xunfei',
  label: 'Xunfei Spark',
  type: 18,
  baseUrl: 'https://spark-api-open.xf-yun.com',
  credential: { appId: 'text', apiSecret: 'secret', apiKey: 'secret' },
  pieces: [['apiKey'], ['appId', 'apiSecret', 'apiKey']],
  // What the three pieces of its WebSocket sign, two of them say here.
  authorize: ({ apiKey = '', apiSecret }) => [['authorization', `Bearer ${apiSecret ? `${apiKey}:${apiSecret}` : apiKey}`]],
  speaks: [openaiChat],
  suggestedModels: ['4.0Ultra', 'generalv3.5', 'max-32k', 'generalv3', 'pro-128k', 'lite'],
  able: { tools: true, forcedTool: 'none', oneCall: false, jsonSchema: 'object', images: 'none', documents: false, audio: false, severalAnswers: false },

  writeRequest: (written) => without(written, 'reasoning_effort', 'user'),

  readFailure: meanings({ content: ['10013', '10014', '10019'], tooLong: ['10907'], key: ['11200', '11201', '10005', '10313'], rate: ['11202', '11203'] }),
});
