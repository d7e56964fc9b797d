import { difyChat, difyOf } from '../dialects/chat-relatives/dify.ts';
import { bearer, provider } from './provider.ts';

/** Providers 5: the key chooses the application, the channel's `other` its kind: chat, completion or workflow. */
export const dify = provider({
  name: 'dify',
  label: 'Dify',
  type: 37,
  baseUrl: 'https://api.dify.ai',
  credential: { apiKey: 'secret' },
  authorize: bearer('apiKey'),
  speaks: [difyChat],
  languages: (_, { other }) => [difyOf(other.trim())],
  suggestedModels: ['dify'],
  able: { streamUsage: 'never', tools: false, jsonSchema: 'words', audio: false, severalAnswers: false, system: 'first' },
});
