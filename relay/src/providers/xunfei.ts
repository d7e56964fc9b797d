import { sparkChat, sparkDomain, sparkVersion } from '../dialects/chat-relatives/spark.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { xunfeiQuery } from '../signing/xunfei.ts';
import { type Call, given, provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';
import { without } from './parts/request-edits.ts';

const socketBase = 'https://spark-api.xf-yun.com';

/** Providers 5. A key of three pieces signs the WebSocket; the password of its HTTP API, which is the better choice, is a bearer. */
export const xunfei = provider({
  name: 'xunfei',
  label: 'Xunfei Spark',
  type: 18,
  baseUrl: 'https://spark-api-open.xf-yun.com',
  credential: { apiKey: 'secret', appId: 'text', apiSecret: 'secret' },
  pieces: [['apiKey'], ['appId', 'apiSecret', 'apiKey']],
  authorize: ({ apiKey, apiSecret }) => given('authorization', apiSecret ? undefined : `Bearer ${apiKey ?? ''}`),
  speaks: [openaiChat, sparkChat],
  languages: (_, __, { apiSecret }) => [apiSecret ? sparkChat : openaiChat],
  suggestedModels: ['4.0Ultra', 'generalv3.5', 'max-32k', 'generalv3', 'pro-128k', 'lite', 'SparkDesk-v3.5', 'SparkDesk-v4.0'],
  able: (model) => ({
    forcedTool: 'none', oneCall: false, jsonSchema: 'object', images: 'none', documents: false, audio: false, severalAnswers: false,
    ...(model.startsWith('SparkDesk') ? { streamOnly: true, tools: false, jsonSchema: 'words' as const } : {}),
  }),
  path: (call) => (call.dialect === sparkChat ? `${call.base === xunfei.baseUrl ? socketBase : call.base}/${versionOf(call)}/chat` : call.dialect.path),
  wrapBody: (body, call) => (call.dialect === sparkChat ? wrapped(body, call) : body),
  writeRequest: (written, _, dialect) => (dialect === openaiChat ? without(written, 'reasoning_effort', 'user') : written),

  sign: async ({ url }, { credential, dialect }, { now }) => {
    const { apiKey = '', apiSecret = '' } = credential;
    return dialect === sparkChat ? { headers: [], query: xunfeiQuery(url, { apiKey, apiSecret }, now) } : { headers: [] };
  },

  readFailure: meanings({ content: ['10013', '10014', '10019'], tooLong: ['10907'], key: ['11200', '11201', '10005', '10313'], rate: ['11202', '11203'] }),
});

const versionOf = ({ model, extra }: Call): string => sparkVersion(model, extra.other);

/** Who asks, and in which domain where the name of the model does not say it. */
function wrapped(body: Buffer, call: Call): Buffer {
  const own = sparkDomain(sparkVersion(call.model)), asked = sparkDomain(versionOf(call));
  const text = own === asked ? body.toString('utf8') : body.toString('utf8').replace(`"domain":${JSON.stringify(own)}`, `"domain":${JSON.stringify(asked)}`);
  return Buffer.from(`{"header":${JSON.stringify({ app_id: call.credential['appId'] ?? '' })},${text.slice(1)}`);
}
