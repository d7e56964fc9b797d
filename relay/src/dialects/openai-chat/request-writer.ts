import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject, ToolChoice } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { effortOf } from '../effort.ts';
import { wire } from '../json-member.ts';
import { cannot, carryRest } from '../losses.ts';
import { writeMessages } from './message-writer.ts';

/** OpenAI takes four stop texts. */
const stops = 4;

/** The common form; what single providers want otherwise is in their `writeRequest` hooks. */
export function writeRequest(request: ChatRequest, options: RequestOptions = {}): JsonObject | Failure {
  const rest = carryRest(request, 'openai-chat', options);
  if (rest instanceof Failure) return rest;
  const messages = writeMessages(request);
  if (messages instanceof Failure) return messages;
  const foreign = request.rest['openai-chat'] === undefined;
  const native = request.tools.findIndex((tool) => tool.native);
  if (foreign && native >= 0) return cannot(`tools[${native}]`);
  if (foreign && request.topK !== undefined) options.warn?.('dropped:top_k');
  if (request.stop.length > stops) options.warn?.('clamped:stop');
  const tools = request.tools.length > 0;
  return wire({
    model: request.model,
    messages,
    tools: tools ? request.tools.map((tool) => tool.native ?? writeTool(tool)) : undefined,
    tool_choice: tools && request.toolChoice ? writeChoice(request.toolChoice) : undefined,
    parallel_tool_calls: tools ? request.parallelTools : undefined,
    max_tokens: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    stop: request.stop.length ? request.stop.slice(0, stops) : undefined,
    reasoning_effort: effortOf(request),
    response_format: writeFormat(request.responseFormat),
    user: request.userId,
    verbosity: request.verbosity,
    prompt_cache_key: request.cacheKey,
    prompt_cache_retention: request.cacheRetention,
    stream: request.stream || undefined,
    // Billing needs it; the writer of the client's dialect says it or not, as the client asked.
    stream_options: request.stream ? { include_usage: true } : undefined,
    ...rest,
  });
}

function writeTool(tool: ChatRequest['tools'][number]): JsonObject {
  return { type: 'function', function: wire({ name: tool.name, description: tool.description, parameters: tool.schema, strict: tool.strict }) };
}

const writeChoice = (choice: ToolChoice): Json => (choice.kind === 'named' ? { type: 'function', function: { name: choice.name } } : choice.kind);

function writeFormat(format: ChatRequest['responseFormat']): JsonObject | undefined {
  if (!format || format.kind === 'json_object') return format && { type: format.kind };
  return { type: 'json_schema', json_schema: wire({ name: format.name, schema: format.schema, strict: format.strict }) };
}
