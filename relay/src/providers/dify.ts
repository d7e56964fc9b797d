import { difyChat, difyOf } from '../dialects/chat-relatives/dify.ts';
import { text } from '../dialects/json-member.ts';
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
  filesTo: { path: '/v1/files/upload', members: ['upload_file_id'], field: 'file', beside: ({ user }) => ({ user: user ?? '' }), placeIn: ({ id }) => text(id) },
  able: { streamUsage: 'never', tools: false, jsonSchema: 'words', audio: false, severalAnswers: false, system: 'first' },
});
