/** The smallest request of each kind: what a test of a channel costs its operator. */
import { anthropicMessages } from '../../dialects/anthropic-messages/dialect.ts';
import type { JsonObject } from '../../dialects/chat-event.ts';
import type { Surface } from '../../dialects/dialect.ts';
import { gemini } from '../../dialects/gemini/dialect.ts';
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import { openaiResponses } from '../../dialects/openai-responses/dialect.ts';
import { embeddings } from '../../endpoints/embeddings.ts';
import { imageGenerations } from '../../endpoints/images.ts';
import { rerank } from '../../endpoints/rerank.ts';
import type { ProbeEndpoint } from '../../gql/types.gen.ts';

interface Kind { readonly surface: Surface; readonly body: JsonObject; /** Where the address names the model. */ readonly path?: (model: string) => string }
const messages = [{ role: 'user', content: 'hi' }], enough = 16;

const kinds: Readonly<Record<ProbeEndpoint, Kind>> = {
  OPENAI: { surface: openaiChat, body: { max_tokens: enough, messages } },
  OPENAI_RESPONSE: { surface: openaiResponses, body: { max_output_tokens: enough, input: 'hi' } },
  ANTHROPIC: { surface: anthropicMessages, body: { max_tokens: enough, messages } },
  GEMINI: { surface: gemini, body: { contents: [{ role: 'user', parts: [{ text: 'hi' }] }], generationConfig: { maxOutputTokens: enough } }, path: (model) => `/v1beta/models/${encodeURIComponent(model)}:generateContent` },
  JINA_RERANK: { surface: rerank, body: { query: 'hi', documents: ['hi'], top_n: 1 } },
  IMAGE_GENERATION: { surface: imageGenerations, body: { prompt: 'a white dot', n: 1 } },
  EMBEDDINGS: { surface: embeddings, body: { input: ['hi'] } },
};

export function testRequest(endpoint: ProbeEndpoint, model: string): { surface: Surface; path: string; body: Buffer } {
  const { surface, body, path } = kinds[endpoint];
  return { surface, path: path?.(model) ?? surface.path, body: Buffer.from(JSON.stringify(path ? body : { model, ...body })) };
}
