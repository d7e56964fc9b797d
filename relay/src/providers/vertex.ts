import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { gemini as geminiDialect } from '../dialects/gemini/dialect.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { member, parseJson, text } from '../dialects/json-member.ts';
import { Failure } from '../failure/failure.ts';
import { googleToken, readServiceAccount } from '../signing/google.ts';
import { isImagen } from './parts/gemini-endpoints.ts';
import { vertexSuffixes } from './parts/model-suffixes.ts';
import { bytesWithoutCallIds } from './parts/call-ids.ts';
import { claudeWrapping } from './parts/claude-wrapping.ts';
import { type Call, given, provider } from './provider.ts';
import { datedModel, vertexServes } from './parts/vertex-endpoints.ts';

const wrap = claudeWrapping({ version: 'vertex-2023-10-16', refused: ['model'], betasInBody: false });
/** Where it counts, the address names a counter and the body the model. */
const wrapCount = claudeWrapping({ version: 'vertex-2023-10-16', refused: [], betasInBody: false });

/** Providers 4.6: Gemini, Claude and open models. The region stands in the channel's `other`, or a region for each model as JSON. */
export const vertex = provider({
  name: 'vertex',
  label: 'Google Vertex AI',
  type: 41,
  baseUrl: 'https://aiplatform.googleapis.com',
  credential: { serviceAccount: 'json' },
  authorize: () => [],
  speaks: [geminiDialect, anthropicMessages, openaiChat],
  languages: (model) => {
    if (model.startsWith('claude')) return [anthropicMessages];
    return model.includes('/') ? [openaiChat] : [geminiDialect];
  },
  suffixes: vertexSuffixes,
  house: true,
  suggestedModels: ['gemini-3-pro-preview', 'gemini-2.5-pro', 'gemini-2.5-flash', 'claude-sonnet-4-5-20250929', 'claude-opus-4-5-20251101', 'meta/llama-3.3-70b-instruct-maas', 'gemini-embedding-001'],
  able: (model) => (model.startsWith('claude') ? { images: 'bytes' } : {}),
  path: pathOf,
  serves: vertexServes,
  wrapBody: (body, { dialect }, _, { gemini }) => {
    if (dialect === anthropicMessages || dialect.name === 'count-tokens') return dialect === anthropicMessages ? wrap(body, '') : wrapCount(body, '');
    return dialect === geminiDialect && gemini.withoutCallIds ? bytesWithoutCallIds(body) : body;
  },

  sign: async (_, { credential, extra }, means) => {
    const key = credential['serviceAccount'] ?? '';
    if (isKey(key)) return { headers: [], query: `key=${encodeURIComponent(key)}` };
    const account = readServiceAccount(key);
    if (!account) return new Failure('channel:invalid_key', { note: 'the credential is no JSON of a service account' });
    const token = await googleToken(account, means);
    if (token instanceof Failure) return token;
    return { headers: [['authorization', `Bearer ${token}`], ...given('x-goog-user-project', text(extra.settings['quota_project']))] };
  },
});

const isKey = (key: string): boolean => !key.trimStart().startsWith('{');

function pathOf(call: Call): string {
  const { dialect, credential, base } = call, key = credential['serviceAccount'] ?? '';
  const own = base === vertex.baseUrl ? '' : base, region = regionOf(call);
  const publisher = dialect === anthropicMessages || dialect.name === 'count-tokens' ? 'anthropic' : 'google', place = `publishers/${publisher}/models/${encodeURIComponent(modelOf(call))}:${actionOf(call)}`;
  if (isKey(key)) return `${own || vertex.baseUrl}/v1/${place}`;
  const project = `${own || hostOf(region)}/VERSION/projects/${encodeURIComponent(readServiceAccount(key)?.project ?? '')}/locations/${region}`;
  if (dialect === openaiChat) return `${project.replace('VERSION', 'v1beta1')}/endpoints/openapi/chat/completions`;
  return `${project.replace('VERSION', call.model.includes('preview') && dialect === geminiDialect ? 'v1beta1' : 'v1')}/${place}`;
}

/** A region, or an object of models and regions with a `default`. */
function regionOf({ extra, model }: Call): string {
  const said = extra.other.trim(), map = said.startsWith('{') ? parseJson(said) : undefined;
  return (map === undefined ? said : text(member(map, model)) ?? text(member(map, 'default'))) || 'global';
}

function hostOf(region: string): string {
  if (region === 'global') return 'https://aiplatform.googleapis.com';
  return region === 'us' || region === 'eu' ? `https://aiplatform.${region}.rep.googleapis.com` : `https://${region}-aiplatform.googleapis.com`;
}

const modelOf = ({ dialect, model }: Call): string => {
  if (dialect.name === 'count-tokens') return 'count-tokens';
  return dialect === anthropicMessages ? datedModel(model) : model.replace(/^models\//, '');
};

function actionOf({ dialect, stream, query, model }: Call): string {
  if (dialect === anthropicMessages) return stream ? 'streamRawPredict' : 'rawPredict';
  if (dialect.name === 'count-tokens') return 'rawPredict';
  if (dialect.name === 'gemini-count-tokens') return 'countTokens';
  if (dialect.name.startsWith('image-') && !isImagen(model)) return 'generateContent';
  if (dialect !== geminiDialect) return 'predict';
  const asked = query ?? (stream ? 'alt=sse' : '');
  return `${stream ? 'streamGenerateContent' : 'generateContent'}${asked === '' ? '' : `?${asked}`}`;
}
