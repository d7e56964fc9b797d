/** Tencent Hunyuan, its own API: https://cloud.tencent.com/document/api/1729/105701 (providers 5). */
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject, list, member, parseJson, text, wire } from '../json-member.ts';
import { chatRelative, failed, type Said } from './chat-relative.ts';

export const hunyuanChat = chatRelative({
  name: 'tencent-hunyuan',
  path: '/',
  write: (chat) => wire({
    Model: chat['model'],
    Messages: list(chat['messages']).map(asMessage),
    Stream: chat['stream'] === true,
    Temperature: chat['temperature'], TopP: chat['top_p'], Stop: chat['stop'], Seed: chat['seed'],
    Tools: Array.isArray(chat['tools']) ? chat['tools'].map(asTool) : undefined,
    ...choiceOf(chat),
  }),
  newTranslator: () => ({ data }) => {
    const event = parseJson(data);
    if (!isObject(event)) return data.trim() === '[DONE]' ? ['end'] : [failed('The answer of the provider could not be read.')];
    return said(isObject(event['Response']) ? event['Response'] : event);
  },
  whole: ({ Response: answer }) => (isObject(answer) && Array.isArray(answer['Choices']) ? asAnswer(answer, 'Message') : undefined),
});

function said(event: JsonObject): Said[] {
  const error = member(event, 'Error') ?? member(event, 'ErrorMsg');
  const message = text(member(error, 'Message')) ?? text(member(error, 'Msg'));
  if (isObject(error) && message) return [failed(message, text(member(error, 'Code')))];
  const chunk = asAnswer(event, 'Delta'), [first] = list(event['Choices']);
  return text(member(first, 'FinishReason')) ? [chunk, 'end'] : [chunk];
}

function asAnswer(answer: JsonObject, place: 'Message' | 'Delta'): JsonObject {
  const usage = answer['Usage'];
  return wire({
    id: answer['Id'], created: answer['Created'],
    choices: list(answer['Choices']).map((choice) => ({
      index: 0, finish_reason: text(member(choice, 'FinishReason')) || null, [place === 'Message' ? 'message' : 'delta']: fromMessage(member(choice, place)),
    })),
    usage: isObject(usage) ? { prompt_tokens: usage['PromptTokens'] ?? 0, completion_tokens: usage['CompletionTokens'] ?? 0, total_tokens: usage['TotalTokens'] ?? 0 } : undefined,
  });
}

function fromMessage(message: Json | undefined): JsonObject {
  const calls = member(message, 'ToolCalls');
  return wire({
    role: 'assistant', content: member(message, 'Content'), reasoning_content: member(message, 'ReasoningContent'),
    tool_calls: Array.isArray(calls) ? calls.map((call) => wire({
      index: member(call, 'Index'), id: member(call, 'Id'), type: 'function', function: wire({ name: member(member(call, 'Function'), 'Name'), arguments: member(member(call, 'Function'), 'Arguments') }),
    })) : undefined,
  });
}

function asMessage(message: Json): Json {
  const content = member(message, 'content'), calls = member(message, 'tool_calls');
  return wire({
    Role: member(message, 'role'),
    Content: typeof content === 'string' ? content : undefined,
    Contents: Array.isArray(content) ? content.map(asContent) : undefined,
    ToolCallId: member(message, 'tool_call_id'),
    ToolCalls: Array.isArray(calls) ? calls.map((call) => wire({
      Id: member(call, 'id'), Type: 'function', Function: wire({ Name: member(member(call, 'function'), 'name'), Arguments: member(member(call, 'function'), 'arguments') }),
    })) : undefined,
  });
}

const asContent = (part: Json): Json => (member(part, 'type') === 'image_url'
  ? { Type: 'image_url', ImageUrl: { Url: member(member(part, 'image_url'), 'url') ?? '' } } : { Type: 'text', Text: member(part, 'text') ?? '' });

function asTool(tool: Json): JsonObject {
  const spec = member(tool, 'function');
  return { Type: 'function', Function: wire({ Name: member(spec, 'name'), Description: member(spec, 'description'), Parameters: JSON.stringify(member(spec, 'parameters') ?? { type: 'object', properties: {} }) }) };
}

/** The one tool that must be called is sent again. */
function choiceOf(chat: JsonObject): { ToolChoice?: Json; CustomTool?: Json } {
  const choice = chat['tool_choice'], name = member(member(choice, 'function'), 'name');
  if (typeof choice === 'string') return { ToolChoice: choice };
  const tool = list(chat['tools']).find((each) => member(member(each, 'function'), 'name') === name);
  return name !== undefined && tool !== undefined ? { ToolChoice: 'custom', CustomTool: asTool(tool) } : {};
}
