import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject, ToolChoice, WebSearch } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { effortOf } from '../request/effort.ts';
import { wire } from '../json-member.ts';
import { cannot, carryRest, lossOf } from '../request/losses.ts';
import { writeMessages } from './message-writer.ts';

const takes = new Set(['n', 'logprobs', 'audio', 'seed', 'presence_penalty', 'frequency_penalty', 'logit_bias']);

/** OpenAI takes four stop texts. */
const stops = 4;

/** The common form; what single providers want otherwise is in their `writeRequest` hooks. */
export function writeRequest(request: ChatRequest, options: RequestOptions = {}): JsonObject | Failure {
  const rest = carryRest(request, 'openai-chat', options);
  if (rest instanceof Failure) return rest;
  const messages = writeMessages(request, options);
  if (messages instanceof Failure) return messages;
  const foreign = request.rest['openai-chat'] === undefined;
  const native = request.tools.findIndex((tool) => tool.native);
  if (foreign && native >= 0) return cannot(`tools[${native}]`);
  const lost = lossOf(request, takes, options);
  if (lost) return lost;
  if (request.tools.some((tool) => tool.custom)) options.warn?.('custom_tool_wrapped');
  if (request.stop.length > stops) options.warn?.('clamped:stop');
  const search = request.tools.find((tool) => tool.webSearch)?.webSearch;
  const offered = request.tools.filter((tool) => !tool.webSearch);
  const tools = offered.length > 0;
  return wire({
    model: request.model,
    messages,
    tools: tools ? offered.map((tool) => tool.native ?? writeTool(tool)) : undefined,
    tool_choice: tools && request.toolChoice ? writeChoice(request.toolChoice) : undefined,
    parallel_tool_calls: tools ? request.parallelTools : undefined,
    max_tokens: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    n: request.answers !== undefined && request.answers > 1 ? request.answers : undefined,
    logprobs: request.logprobs ? true : undefined,
    top_logprobs: request.logprobs?.top || undefined,
    modalities: request.modalities?.some((each) => each !== 'text') ? request.modalities : undefined,
    audio: request.sound && wire(request.sound),
    seed: request.seed,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    logit_bias: request.logitBias,
    stop: request.stop.length ? request.stop.slice(0, stops) : undefined,
    reasoning_effort: effortOf(request),
    web_search_options: search && writeSearch(search),
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

function writeSearch({ contextSize, location }: WebSearch): JsonObject {
  const { type: _, ...approximate } = location ?? {};
  return wire({ search_context_size: contextSize, user_location: location && { type: 'approximate', approximate } });
}

function writeTool(tool: ChatRequest['tools'][number]): JsonObject {
  return { type: 'function', function: wire({ name: tool.name, description: tool.description, parameters: tool.schema, strict: tool.strict }) };
}

function writeChoice(choice: ToolChoice): Json {
  if (choice.kind === 'named') return { type: 'function', function: { name: choice.name } };
  if (choice.kind !== 'allowed') return choice.kind;
  const tools = choice.names.map((name) => ({ type: 'function', function: { name } }));
  return { type: 'allowed_tools', allowed_tools: { mode: choice.must ? 'required' : 'auto', tools } };
}

function writeFormat(format: ChatRequest['responseFormat']): JsonObject | undefined {
  if (!format || format.kind === 'json_object') return format && { type: format.kind };
  return { type: 'json_schema', json_schema: wire({ name: format.name, description: format.description, schema: format.schema, strict: format.strict }) };
}
