import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { bedrockConverse } from '../dialects/bedrock-converse/dialect.ts';
import { text } from '../dialects/json-member.ts';
import { signAws } from '../signing/aws.ts';
import { claudeSuffixes } from './parts/model-suffixes.ts';
import { bedrockModel, isClaude } from './parts/bedrock-models.ts';
import { claudeWrapping } from './parts/claude-wrapping.ts';
import { asCounting, bedrockBase, bedrockServes } from './parts/bedrock-endpoints.ts';
import { type Call, given, provider } from './provider.ts';
import { meanings } from './parts/refusals.ts';

const wrap = claudeWrapping({
  version: 'bedrock-2023-05-31', refused: ['model', 'stream', 'service_tier', 'container', 'mcp_servers', 'inference_geo'], betasInBody: true, plainTools: true,
});

/** Providers 4.4: Claude in its own dialect, all others over Converse. Its models cannot be listed with a key for calls. */
export const bedrock = provider({
  name: 'bedrock',
  label: 'AWS Bedrock',
  type: 33,
  baseUrl: bedrockBase,
  credential: { accessKey: 'text', secretKey: 'secret', sessionToken: 'secret', apiKey: 'secret', region: 'text' },
  pieces: [['apiKey', 'region'], ['accessKey', 'secretKey', 'region'], ['accessKey', 'secretKey', 'sessionToken', 'region']],
  authorize: ({ apiKey }) => given('authorization', apiKey && `Bearer ${apiKey}`),
  speaks: [anthropicMessages, bedrockConverse],
  languages: (model) => [isClaude(model) ? anthropicMessages : bedrockConverse],
  suffixes: claudeSuffixes,
  house: true,
  suggestedModels: [
    'claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001', 'amazon.nova-pro-v1:0', 'amazon.nova-lite-v1:0', 'meta.llama3-3-70b-instruct-v1:0',
    'mistral.mistral-large-2407-v1:0', 'deepseek.r1-v1:0', 'openai.gpt-oss-120b-1:0',
  ],
  able: (model) => ({
    images: 'bytes', severalAnswers: false, oneCall: isClaude(model), jsonSchema: isClaude(model) ? 'native' : 'words',
    ...(isClaude(model) || model.includes('nova') ? {} : { forcedTool: 'none' as const }),
  }),
  path: (call) => `${hostOf(call)}/model/${encodeURIComponent(modelOf(call))}/${actionOf(call)}`,
  serves: bedrockServes,
  wrapBody: (body, { dialect }, client) => {
    if (dialect === anthropicMessages) return wrap(body, client('anthropic-beta'));
    return dialect.name === 'count-tokens' ? asCounting(wrap(body, client('anthropic-beta'))) : body;
  },

  sign: async (request, { credential }, { now }) => {
    const { accessKey = '', secretKey = '', sessionToken, region = 'us-east-1' } = credential;
    if (accessKey === '') return { headers: [] };
    return { headers: await signAws(request, { accessKey, secretKey, sessionToken, region }, 'bedrock', now) };
  },

  readFailure: meanings({ key: ['UnrecognizedClientException', 'InvalidSignatureException', 'ExpiredTokenException'] }),
});

/** The region of the credential decides, unless the channel has an address of its own. */
const hostOf = ({ base, credential }: Call): string => (base === bedrock.baseUrl ? `https://bedrock-runtime.${credential['region'] ?? 'us-east-1'}.amazonaws.com` : base);

const modelOf = ({ model, credential, extra }: Call): string => bedrockModel(model, credential['region'] ?? '', text(extra.settings['bedrock_profile']) ?? 'auto');

function actionOf({ dialect, stream }: Call): string {
  if (dialect.name === 'count-tokens') return 'count-tokens';
  if (dialect === bedrockConverse) return stream ? 'converse-stream' : 'converse';
  return stream ? 'invoke-with-response-stream' : 'invoke';
}
