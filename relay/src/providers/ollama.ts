import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import { ollamaChat } from '../dialects/chat-relatives/ollama.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { namedModelsAt } from './asking/model-lists.ts';
import { given, provider } from './provider.ts';

/** Providers 4.13, over the paths that it has in common with OpenAI, unless the channel's setting `native` is on. A key is sent where there is one. */
export const ollama = provider({
  name: 'ollama',
  label: 'Ollama',
  type: 4,
  baseUrl: 'http://localhost:11434',
  credential: { apiKey: 'secret' },
  authorize: (credential) => given('authorization', credential['apiKey'] && `Bearer ${credential['apiKey']}`),
  speaks: [openaiChat, openaiResponses, anthropicMessages, ollamaChat],
  // Its own API takes what the others have no name for: the size of the context, and how long a model stays loaded.
  languages: (_, { settings }) => (settings['native'] === true ? [ollamaChat] : [openaiChat, openaiResponses, anthropicMessages]),
  suggestedModels: ['gpt-oss:20b', 'qwen3:32b', 'llama3.3:70b', 'gemma3:27b', 'nomic-embed-text'],
  able: { forcedTool: 'none', oneCall: false, images: 'bytes', documents: false, audio: false, severalAnswers: false },
  serves: { completions: {}, embeddings: {} },
  listModels: namedModelsAt('/api/tags'),
});
