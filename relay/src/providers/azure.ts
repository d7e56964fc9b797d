import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { text } from '../dialects/json-member.ts';
import { memberScan } from '../framing/json-scan.ts';
import { memberRemovals } from '../framing/member-removal.ts';
import { splice } from '../framing/splice.ts';
import { modelsAt } from './asking/model-lists.ts';
import { openaiSuffixes } from './parts/model-suffixes.ts';
import { openai } from './openai.ts';
import { type Call, provider } from './provider.ts';

/** Providers 4.2: the version of its API stands in the channel's `other`; without one its newer addresses are used. */
export const azure = provider({
  name: 'azure',
  label: 'Azure OpenAI',
  type: 3,
  baseUrl: 'https://resource.openai.azure.com',
  credential: { apiKey: 'secret' },
  // Tokens of Entra are JSON web tokens.
  authorize: ({ apiKey = '' }) => (apiKey.startsWith('eyJ') ? [['authorization', `Bearer ${apiKey}`]] : [['api-key', apiKey]]),
  speaks: [openaiChat, openaiResponses],
  suffixes: openaiSuffixes,
  exact: true,
  house: true,
  suggestedModels: openai.suggestedModels,
  able: (_, { other }) => ({ streamUsage: isOld(other) ? 'never' : 'asked' }),
  wrapBody: (body, { dialect, extra }) => (isOld(extra.other) && dialect.name === 'openai-chat' ? withoutOptions(body) : body),
  languages: (model, extra, credential) => openai.languages?.(model, extra, credential) ?? openai.speaks,
  path: pathOf,
  listModels: modelsAt('/openai/models?api-version=2024-10-21'),
  serves: {
    completions: {}, embeddings: {}, 'image-generations': {}, 'image-edits': {}, speech: {}, transcriptions: {}, translations: {}, 'responses-compact': {}, realtime: {},
  },
  writeRequest: (...request) => openai.writeRequest?.(...request) ?? request[0],
});

/** Dates are the versions of the older addresses; `preview` and `v1` are words of the newer ones. */
const isDated = (version: string): boolean => /^\d{4}-\d{2}/.test(version.trim());

/** Before there was usage in streams. */
const isOld = (version: string): boolean => isDated(version) && version.trim() < '2024-09';
const options = memberScan(['stream_options']);

/** Versions that do not know them refuse them. */
function withoutOptions(body: Buffer): Buffer {
  const found = options(body), span = 'members' in found ? found.members.get('stream_options') : undefined;
  return span ? splice(body, memberRemovals(body, [span])) : body;
}

function pathOf(call: Call): string {
  const { dialect, extra, base, model } = call, version = extra.other.trim();
  const task = dialect.path.replace(/^\/v1\//, '');
  if (dialect.name === 'realtime') return `/openai/realtime?deployment=${encodeURIComponent(model)}&api-version=${encodeURIComponent(version || '2025-04-01-preview')}`;
  if (dialect.name === 'openai-responses' || dialect.name === 'responses-compact') return responses(task, base, version, text(extra.settings['azure_responses_version']));
  // A gateway's address ends with the deployment.
  if (base.includes('/azure-openai/')) return `/${task}?api-version=${encodeURIComponent(version)}`;
  if (!isDated(version)) return `/openai/v1/${task}${version === '' || version === 'v1' ? '' : `?api-version=${encodeURIComponent(version)}`}`;
  const deployment = extra.settings['azure_strip_dots'] === true ? model.replaceAll('.', '') : model;
  return `/openai/deployments/${encodeURIComponent(deployment)}/${task}?api-version=${encodeURIComponent(version)}`;
}

function responses(task: string, base: string, version: string, asked: string | undefined): string {
  const api = asked || 'preview';
  return /\.cognitiveservices\.azure\.com(?:\/|$)/.test(base) && isDated(version) ? `/openai/${task}?api-version=${encodeURIComponent(version)}` : `/openai/v1/${task}?api-version=${encodeURIComponent(api)}`;
}
