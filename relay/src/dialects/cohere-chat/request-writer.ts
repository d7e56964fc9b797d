import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject, Message, Part } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cannot, carryRest, lossOf } from '../request/losses.ts';
import { toDataUrl } from '../request/media.ts';
import { callsOf, resultsOf, unmatchedCall } from '../request/tool-turns.ts';

const takes = new Set(['top_k', 'seed', 'presence_penalty', 'frequency_penalty']);
const mostStops = 5;

export function writeRequest(request: ChatRequest, options: RequestOptions = {}): JsonObject | Failure {
  const rest = carryRest(request, 'cohere-chat', options);
  if (rest instanceof Failure) return rest;
  const lost = lossOf(request, takes, options) ?? unmatchedCall(request.messages);
  if (lost) return lost;
  const native = request.tools.findIndex((tool) => tool.native);
  if (native >= 0) return cannot(`tools[${native}]`);
  const messages = writeMessages(request);
  if (messages instanceof Failure) return messages;
  if (request.stop.length > mostStops) options.warn?.('clamped:stop');
  return wire({
    model: request.model,
    messages,
    tools: request.tools.length ? request.tools.map(writeTool) : undefined,
    strict_tools: request.tools.length > 0 && request.tools.every((tool) => tool.strict) ? true : undefined,
    tool_choice: writeChoice(request),
    max_tokens: request.maxOutputTokens, temperature: request.temperature, p: request.topP, k: request.topK, seed: request.seed,
    stop_sequences: request.stop.length ? request.stop.slice(0, mostStops) : undefined,
    presence_penalty: request.presencePenalty, frequency_penalty: request.frequencyPenalty,
    response_format: writeFormat(request, options),
    thinking: writeThinking(request),
    stream: request.stream || undefined,
    ...rest,
  });
}

function writeMessages({ system, messages }: ChatRequest): Json[] | Failure {
  const written: Json[] = system.map(({ text }) => ({ role: 'system', content: text }));
  for (const [index, message] of messages.entries()) {
    if (message.role === 'assistant') { written.push(...writeAnswer(message)); continue; }
    for (const result of resultsOf(message)) written.push({ role: 'tool', tool_call_id: result.id, content: textOf(result.parts) });
    const others = message.parts.filter((part) => part.kind !== 'tool-result');
    const content = writeParts(others, `messages[${index}]`);
    if (content instanceof Failure) return content;
    if (content.length > 0 || others.length === message.parts.length) written.push({ role: message.role, content: plain(content) });
  }
  return written;
}

/** Text that came before calls was its plan. */
function writeAnswer(message: Message): Json[] {
  const said = textOf(message.parts), calls = callsOf(message);
  const thoughts = message.parts.flatMap((part) => (part.kind === 'reasoning' && part.text ? [{ type: 'thinking', thinking: part.text }] : []));
  if (calls.length > 0) {
    const tools = calls.map(({ id, name, arguments: input }): Json => ({ id, type: 'function', function: { name, arguments: input.trim() || '{}' } }));
    return [wire({ role: 'assistant', tool_plan: said || undefined, tool_calls: tools, content: thoughts.length ? thoughts : undefined })];
  }
  const content: Json[] = [...thoughts, ...(said ? [{ type: 'text', text: said }] : [])];
  return content.length > 0 ? [{ role: 'assistant', content: thoughts.length ? content : said }] : [];
}

const textOf = (parts: readonly Part[]): string => parts.flatMap((part) => (part.kind === 'text' || part.kind === 'refusal' ? [part.text] : [])).join('');

function writeParts(parts: readonly Part[], param: string): JsonObject[] | Failure {
  const written: JsonObject[] = [];
  for (const [index, part] of parts.entries()) {
    const one = writePart(part, `${param}.content[${index}]`);
    if (one instanceof Failure) return one;
    if (one) written.push(one);
  }
  return written;
}

function writePart(part: Part, param: string): JsonObject | undefined | Failure {
  switch (part.kind) {
    case 'text':
    case 'refusal': return part.text === '' ? undefined : { type: 'text', text: part.text };
    case 'image': {
      if ('url' in part.source) return { type: 'image_url', image_url: { url: part.source.url } };
      return 'base64' in part.source ? { type: 'image_url', image_url: { url: toDataUrl(part.source) } } : cannot(param);
    }
    case 'file': {
      if ('text' in part.source) return { type: 'text', text: part.name ? `${part.name}\n\n${part.source.text}` : part.source.text };
      if ('base64' in part.source && part.source.mime.startsWith('text/')) return { type: 'text', text: Buffer.from(part.source.base64, 'base64').toString('utf8') };
      return cannot(param);
    }
    case 'reasoning': return undefined;
    default: return cannot(param);
  }
}

function plain(content: JsonObject[]): Json {
  const [only] = content;
  return content.length === 1 && only?.['type'] === 'text' ? only['text'] ?? '' : content.length === 0 ? '' : content;
}

const writeTool = ({ name, description, schema }: ChatRequest['tools'][number]): JsonObject =>
  ({ type: 'function', function: wire({ name, description, parameters: schema ?? { type: 'object', properties: {} } }) });

/** Which one must be called cannot be said: the provider offers only that one then. */
function writeChoice({ tools, toolChoice }: ChatRequest): string | undefined {
  if (!tools.length || !toolChoice) return undefined;
  if (toolChoice.kind === 'none') return 'NONE';
  return toolChoice.kind === 'required' || toolChoice.kind === 'named' || (toolChoice.kind === 'allowed' && toolChoice.must) ? 'REQUIRED' : undefined;
}

function writeFormat({ responseFormat: format, tools }: ChatRequest, options: RequestOptions): JsonObject | undefined {
  if (!format) return undefined;
  if (tools.length > 0) { options.warn?.('dropped:response_format'); return undefined; }
  return format.kind === 'json_schema' ? { type: 'json_object', json_schema: format.schema } : { type: 'json_object' };
}

function writeThinking({ reasoning }: ChatRequest): JsonObject | undefined {
  if (!reasoning) return undefined;
  return reasoning.mode === 'off' ? { type: 'disabled' } : wire({ type: 'enabled', token_budget: reasoning.budgetTokens });
}
