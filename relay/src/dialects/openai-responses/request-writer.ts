import { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject, Tool, ToolChoice, WebSearch } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { effortOf } from '../request/effort.ts';
import { isObject, member, wire } from '../json-member.ts';
import { cannot, carryRest, lossOf } from '../request/losses.ts';
import { StopStep } from '../steps/stop-step.ts';
import { writeInput } from './input-writer.ts';

const takes: ReadonlySet<string> = new Set(['logprobs']);

/** Less than this is refused by OpenAI. */
const leastOutput = 16;

/** The common form; what single providers want otherwise is in their `writeRequest` hooks. Nothing is stored upstream. */
export function writeRequest(request: ChatRequest, options: RequestOptions = {}): JsonObject | Failure {
  const rest = carryRest(request, 'openai-responses', options);
  if (rest instanceof Failure) return rest;
  const native = request.tools.findIndex((tool) => tool.native);
  if (native >= 0 && request.rest['openai-responses'] === undefined) return cannot(`tools[${native}]`);
  if (request.stop.length && !options.step) return cannot(request.rest['anthropic-messages'] ? 'stop_sequences' : 'stop');
  if (request.stop.length) options.step?.(() => new StopStep(request.stop));
  const input = writeInput(request);
  if (input instanceof Failure) return input;
  const lost = lossOf(request, takes, options);
  if (lost) return lost;
  const tools = request.tools.length > 0;
  return wire({
    model: request.model,
    instructions: request.system[0]?.text,
    input,
    tools: tools ? request.tools.map((tool) => tool.native ?? writeTool(tool)) : undefined,
    tool_choice: tools && request.toolChoice ? writeChoice(request.toolChoice, request.tools) : undefined,
    parallel_tool_calls: tools ? request.parallelTools : undefined,
    max_output_tokens: writeLimit(request, options),
    temperature: request.temperature,
    top_p: request.topP,
    reasoning: writeReasoning(request),
    text: writeText(request),
    safety_identifier: request.userId,
    prompt_cache_key: request.cacheKey,
    prompt_cache_retention: request.cacheRetention,
    stream: request.stream || undefined,
    store: false,
    include: ['reasoning.encrypted_content', ...(request.logprobs ? ['message.output_text.logprobs'] : [])],
    top_logprobs: request.logprobs?.top || undefined,
    ...rest,
  });
}

/** Without a word about it the dialect would be strict, and refuse loose schemas. */
function writeTool(tool: Tool): JsonObject {
  if (tool.webSearch) return writeSearch(tool.webSearch);
  if (tool.custom) return { ...tool.custom, type: 'custom', name: tool.name, ...writeFormatOf(tool.custom) };
  return writeFunction(tool);
}

/** The grammar stands one level higher than in openai-chat. */
function writeFormatOf(custom: JsonObject): JsonObject {
  const grammar = member(custom['format'], 'grammar');
  return isObject(grammar) ? { format: { type: 'grammar', ...grammar } } : {};
}

function writeSearch({ contextSize, location, allowedDomains }: WebSearch): JsonObject {
  return wire({ type: 'web_search', filters: allowedDomains && { allowed_domains: allowedDomains }, user_location: location, search_context_size: contextSize });
}

const writeFunction = (tool: Tool): JsonObject => wire({
  type: 'function', name: tool.name, description: tool.description, parameters: tool.schema ?? { type: 'object', properties: {} }, strict: tool.strict ?? false,
});

function writeChoice(choice: ToolChoice, tools: readonly Tool[]): Json {
  if (choice.kind === 'named') return { type: tools.some(({ name, custom }) => custom && name === choice.name) ? 'custom' : 'function', name: choice.name };
  if (choice.kind !== 'allowed') return choice.kind;
  return { type: 'allowed_tools', mode: choice.must ? 'required' : 'auto', tools: choice.names.map((name) => ({ type: 'function', name })) };
}

function writeLimit({ maxOutputTokens }: ChatRequest, options: RequestOptions): number | undefined {
  if (maxOutputTokens === undefined || maxOutputTokens >= leastOutput) return maxOutputTokens;
  options.warn?.('clamped:max_output_tokens');
  return leastOutput;
}

/** Its words are asked for unless the client wants none of them. */
function writeReasoning(request: ChatRequest): JsonObject | undefined {
  if (!request.reasoning) return undefined;
  const { mode, hidden } = request.reasoning;
  return wire({ effort: effortOf(request), summary: mode === 'off' || hidden ? undefined : 'auto' });
}

function writeText({ responseFormat, verbosity }: ChatRequest): JsonObject | undefined {
  if (!responseFormat && verbosity === undefined) return undefined;
  const format = responseFormat?.kind === 'json_schema'
    ? wire({ type: 'json_schema', name: responseFormat.name, description: responseFormat.description, schema: responseFormat.schema, strict: responseFormat.strict })
    : responseFormat && { type: responseFormat.kind };
  return wire({ format, verbosity });
}
