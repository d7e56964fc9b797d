/** A request cut to what a provider can do (dialects 10): what only shapes the answer is dropped and told, what matters is refused. */
import type { ChatRequest, Message, Part } from '../../dialects/chat-event.ts';
import { cannot } from '../../dialects/request/losses.ts';
import { Failure } from '../../failure/failure.ts';
import type { Capabilities } from './capabilities.ts';

type Warn = (loss: string) => void;

export function fit(request: ChatRequest, able: Capabilities, warn: Warn): ChatRequest | Failure {
  if (request.tools.length > 0 && !able.tools) return cannot('tools');
  if ((request.answers ?? 1) > 1 && !able.severalAnswers) return cannot('n');
  const chosen = withChoice(request, able);
  if (chosen instanceof Failure) return chosen;
  const unfit = request.messages.flatMap((message, index) => unfitParts(message.parts, able, `messages[${index}]`))[0];
  if (unfit !== undefined) return cannot(unfit);
  return withSystem(withFormat(withoutSwitch(chosen, able, warn), able, warn), able, warn);
}

/** One tool that must be called can be asked for in three ways. */
function withChoice(request: ChatRequest, { forcedTool }: Capabilities): ChatRequest | Failure {
  const { toolChoice: choice, tools } = request;
  if (!choice || choice.kind === 'auto' || choice.kind === 'none' || forcedTool === 'any') return request;
  const [only] = tools;
  if (choice.kind === 'required') {
    if (forcedTool === 'required') return request;
    if (forcedTool === 'named' && only && tools.length === 1) return { ...request, toolChoice: { kind: 'named', name: only.name } };
    return cannot('tool_choice');
  }
  if (forcedTool === 'named' || choice.kind !== 'named') return request;
  const named = tools.filter((tool) => tool.name === choice.name);
  return forcedTool === 'required' && named.length > 0 ? { ...request, tools: named, toolChoice: { kind: 'required' } } : cannot('tool_choice');
}

function withoutSwitch(request: ChatRequest, { oneCall }: Capabilities, warn: Warn): ChatRequest {
  if (oneCall || request.parallelTools === undefined) return request;
  const { parallelTools, ...others } = request;
  if (!parallelTools) warn('dropped:parallel_tool_calls');
  return others;
}

function withFormat(request: ChatRequest, { jsonSchema }: Capabilities, warn: Warn): ChatRequest {
  const { responseFormat: format, ...others } = request;
  if (!format || jsonSchema === 'native' || (jsonSchema === 'object' && format.kind === 'json_object')) return request;
  warn(format.kind === 'json_schema' ? 'json_schema_instruction' : 'json_object_instruction');
  const words = format.kind === 'json_schema' ? `Answer with one JSON object that matches this JSON Schema: ${JSON.stringify(format.schema)}` : 'Answer with one JSON object and nothing else.';
  const told = { ...others, system: [...request.system, { text: words }] };
  return jsonSchema === 'object' ? { ...told, responseFormat: { kind: 'json_object' } } : told;
}

function withSystem(request: ChatRequest, { system }: Capabilities, warn: Warn): ChatRequest {
  if (system === 'anywhere' || !request.messages.some((message) => message.role === 'system')) return request;
  warn('system_inlined');
  return { ...request, messages: request.messages.map((message): Message => (message.role === 'system' ? inlined(message) : message)) };
}

const inlined = ({ parts }: Message): Message => ({
  role: 'user', parts: parts.map((part): Part => (part.kind === 'text' ? { ...part, text: `System: ${part.text}` } : part)),
});

/** The places of what it cannot read, in the words of the contract's messages. */
function unfitParts(parts: readonly Part[], able: Capabilities, place: string): string[] {
  return parts.flatMap((part, index): string[] => {
    const here = `${place}.content[${index}]`;
    switch (part.kind) {
      case 'image': return able.images === 'none' || (able.images === 'bytes' && 'url' in part.source) ? [here] : [];
      case 'audio': return able.audio ? [] : [here];
      case 'file': return able.documents || isText(part) ? [] : [here];
      case 'tool-result': return unfitParts(part.parts, able, here);
      default: return [];
    }
  });
}

const isText = ({ source }: Part & { kind: 'file' }): boolean => 'text' in source || ('base64' in source && source.mime.startsWith('text/'));
