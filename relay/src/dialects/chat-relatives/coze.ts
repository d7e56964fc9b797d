/** Bots of Coze, v3: https://www.coze.com/docs/developer_guides/chat_v3 (providers 5). Asked for streams alone: without one it has to be polled. */
import { isObject, member, parseJson, text, wire } from '../json-member.ts';
import type { Json, JsonObject } from '../chat-event.ts';
import { chatRelative, failed, grows, type Said, stops } from './chat-relative.ts';
import { plainMessages, type PlainMessage } from './plain-messages.ts';

export const cozeChat = chatRelative({
  name: 'coze',
  path: '/v3/chat',
  write: (chat) => wire({
    user_id: text(chat['user']) ?? 'weir', stream: true, auto_save_history: false,
    additional_messages: withSystem(plainMessages(chat)).map(({ role, content }): Json => ({ role, type: role === 'assistant' ? 'answer' : 'question', content, content_type: 'text' })),
  }),
  newTranslator: () => ({ event, data }) => {
    const body = parseJson(data);
    return isObject(body) ? said(event ?? text(body['event']) ?? '', body) : [];
  },
  whole: () => undefined,
});

function said(event: string, body: JsonObject): Said[] {
  switch (event) {
    case 'conversation.message.delta': {
      if (body['type'] !== 'answer') return [];
      const delta = wire({ content: body['content'] || undefined, reasoning_content: body['reasoning_content'] || undefined });
      return [grows(delta, wire({ id: body['chat_id'] }))];
    }
    case 'conversation.chat.completed': return [stops('stop', usageOf(body['usage'])), 'end'];
    case 'conversation.chat.failed': return [failed(text(member(body['last_error'], 'msg')) ?? 'The bot failed.', codeOf(member(body['last_error'], 'code')))];
    case 'conversation.chat.requires_action': return [failed('The bot asks for something that only its own clients can do.', 'requires_action')];
    case 'error': return [failed(text(body['msg']) ?? text(body['message']) ?? 'The provider failed.', codeOf(body['code']))];
    default: return [];
  }
}

const codeOf = (code: Json | undefined): string | undefined => (typeof code === 'number' ? String(code) : text(code));

function usageOf(usage: Json | undefined): JsonObject | undefined {
  if (!isObject(usage)) return undefined;
  return { prompt_tokens: usage['input_count'] ?? 0, completion_tokens: usage['output_count'] ?? 0, total_tokens: usage['token_count'] ?? 0 };
}

/** Bots bring their own instructions; the client's come with the first question. */
function withSystem(messages: readonly PlainMessage[]): PlainMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content).join('\n\n');
  const others = messages.filter(({ role }) => role !== 'system');
  if (!system) return others;
  const first = others.findIndex(({ role }) => role === 'user');
  if (first < 0) return [{ role: 'user', content: system }, ...others];
  return others.map((message, index) => (index === first ? { ...message, content: `${system}\n\n${message.content}` } : message));
}
