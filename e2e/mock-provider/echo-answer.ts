/** The default model: repeats the last message of the user, and counts one token for each word. */
import type { Answer, JsonObject, Request, Usage } from './answer.ts';
import type { Orders } from './orders.ts';
import { usageObject } from './usage.ts';

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
/** Two, three and four bytes in UTF-8, so that a cut inside a character has something to cut. */
const ending = 'café 世界 🙂';

function answerWords(request: Request, orders: Orders): string[] {
  const wanted = orders.get('words');
  if (wanted !== undefined) return Array.from({ length: wanted }, (_, index) => `w${index + 1}`);
  return ['Echo:', ...words(request.label), ...words(ending)];
}

/** The usage that the answer will report: exact, and the same for every repetition. */
function usageFor(request: Request, said: readonly string[], orders: Orders): Usage {
  const input = orders.get('input') ?? words(request.text).length;
  return { input, output: orders.get('output') ?? said.length, cached: Math.min(input, orders.get('cached') ?? 0) };
}

function openaiAnswer(request: Request, said: readonly string[], usage: Usage): Answer {
  const head = { id: 'chatcmpl-echo', created: 1_790_000_000, model: request.model, system_fingerprint: 'fp_echo' };
  const chunk = (delta: JsonObject, finish: string | null = null): JsonObject =>
    ({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
  const figures = usageObject(request.dialect, usage);
  const deltas = said.map((word, index) => chunk({ content: index ? ` ${word}` : word }));
  const report = { ...head, object: 'chat.completion.chunk', choices: [], usage: figures };
  return {
    events: [chunk({ role: 'assistant', content: '' }), ...deltas, chunk({}, 'stop'), report],
    body: {
      ...head, object: 'chat.completion', usage: figures,
      choices: [{ index: 0, message: { role: 'assistant', content: said.join(' ') }, logprobs: null, finish_reason: 'stop' }],
    },
  };
}

function anthropicAnswer(request: Request, said: readonly string[], usage: Usage): Answer {
  const head = { id: 'msg_echo', type: 'message', role: 'assistant', model: request.model };
  const figures = usageObject(request.dialect, usage);
  const start = { ...head, content: [], stop_reason: null, stop_sequence: null, usage: { ...figures, output_tokens: 1 } };
  return {
    events: [
      { type: 'message_start', message: start },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'ping' },
      ...said.map((word, index) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: index ? ` ${word}` : word } })),
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: usage.output } },
      { type: 'message_stop' },
    ],
    body: { ...head, content: [{ type: 'text', text: said.join(' ') }], stop_reason: 'end_turn', stop_sequence: null, usage: figures },
  };
}

function responsesAnswer(request: Request, said: readonly string[], usage: Usage): Answer {
  const head = { id: 'resp_echo', object: 'response', created_at: 1_790_000_000, model: request.model, error: null, incomplete_details: null };
  const part = { type: 'output_text', text: said.join(' '), annotations: [] }, place = { item_id: 'msg_echo', output_index: 0, content_index: 0 };
  const item = { id: 'msg_echo', type: 'message', status: 'completed', role: 'assistant', content: [part] };
  const begun = { ...head, status: 'in_progress', output: [], usage: null }, body = { ...head, status: 'completed', output: [item], usage: usageObject(request.dialect, usage) };
  const events: (JsonObject & { type: string })[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } },
    { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
    ...said.map((word, index) => ({ type: 'response.output_text.delta', ...place, delta: index ? ` ${word}` : word, logprobs: [] })),
    { type: 'response.output_text.done', ...place, text: part.text, logprobs: [] },
    { type: 'response.content_part.done', ...place, part },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: body },
  ];
  return { events: events.map((event, index) => ({ ...event, sequence_number: index })), body };
}

function geminiAnswer(request: Request, said: readonly string[], usage: Usage): Answer {
  const head = { modelVersion: request.model, responseId: 'echo', usageMetadata: usageObject(request.dialect, usage) };
  const candidate = (text: string, more: JsonObject = {}): JsonObject => ({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...more }], ...head });
  return {
    events: [...said.map((word, index) => candidate(index ? ` ${word}` : word)), candidate('', { finishReason: 'STOP' })],
    body: candidate(said.join(' '), { finishReason: 'STOP' }),
  };
}

const answers = { 'openai-chat': openaiAnswer, 'openai-responses': responsesAnswer, 'anthropic-messages': anthropicAnswer, gemini: geminiAnswer };

export function echoAnswer(request: Request, orders: Orders): Answer {
  const said = answerWords(request, orders);
  const usage = usageFor(request, said, orders);
  return answers[request.dialect](request, said, usage);
}
