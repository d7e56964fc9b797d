import { gemini as dialect } from '../dialects/gemini/dialect.ts';
import { geminiModels } from './asking/model-lists.ts';
import { geminiSuffixes } from './parts/model-suffixes.ts';
import { geminiServes } from './parts/gemini-endpoints.ts';
import { headerKey, provider } from './provider.ts';

/** Wire notes: fixtures/gemini/README.md */
export const gemini = provider({
  name: 'gemini',
  label: 'Google Gemini',
  type: 24,
  baseUrl: 'https://generativelanguage.googleapis.com',
  credential: { apiKey: 'secret' },
  authorize: headerKey('x-goog-api-key', 'apiKey'),
  speaks: [dialect],
  serves: { ...geminiServes, 'gemini-count-tokens': {} },
  suffixes: geminiSuffixes,
  house: true,
  suggestedModels: ['gemini-3-pro-preview', 'gemini-3-flash-preview', 'gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-embedding-001', 'imagen-4.0-generate-001'],
  listModels: geminiModels,
});
