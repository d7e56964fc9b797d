/** Baidu Wenxin, its first API: https://cloud.baidu.com/doc/WENXINWORKSHOP/s/jlil56u11 (providers 5). Left out: functions. */
import type { JsonObject } from '../chat-event.ts';
import { isObject, parseJson, text, wire } from '../json-member.ts';
import { chatRelative, failed, grows, stops, type Said } from './chat-relative.ts';
import { inTurns, plainMessages, type PlainMessage } from './plain-messages.ts';

const leastTokens = 2;

/** How models are called in the address. */
const names: Readonly<Record<string, string>> = {
  'ERNIE-4.0': 'completions_pro', 'ERNIE-Bot-4': 'completions_pro', 'ERNIE-4.0-8K': 'completions_pro', 'ERNIE-Bot': 'completions', 'ERNIE-3.5-8K': 'completions',
  'ERNIE-Bot-turbo': 'eb-instant', 'ERNIE-Lite-8K-0922': 'eb-instant', 'ERNIE-Speed': 'ernie_speed', 'ERNIE-Speed-8K': 'ernie_speed', 'ERNIE-Speed-128K': 'ernie-speed-128k',
  'ERNIE-Lite-8K-0308': 'ernie-lite-8k', 'ERNIE-Tiny-8K': 'ernie-tiny-8k', 'ERNIE-Bot-8K': 'ernie_bot_8k', 'BLOOMZ-7B': 'bloomz_7b1', 'Embedding-V1': 'embedding-v1',
  'bge-large-zh': 'bge_large_zh', 'bge-large-en': 'bge_large_en', 'tao-8k': 'tao_8k',
};

export const wenxinName = (model: string): string => encodeURIComponent((Object.hasOwn(names, model) ? names[model] : undefined) ?? model.toLowerCase());

export const wenxinPath = '/rpc/2.0/ai_custom/v1/wenxinworkshop';

export const wenxinChat = chatRelative({
  name: 'baidu-wenxin',
  path: wenxinPath,
  callPath: ({ model }) => `${wenxinPath}/chat/${wenxinName(model)}`,
  write: (chat) => {
    const messages = plainMessages(chat), limit = chat['max_tokens'], temperature = chat['temperature'], penalty = chat['frequency_penalty'];
    const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content).join('\n\n');
    return wire({
      messages: oddTurns(messages).map(({ role, content }) => ({ role, content })), system: system || undefined, stream: chat['stream'] === true,
      temperature: typeof temperature === 'number' ? Math.min(1, Math.max(0.01, temperature)) : undefined, top_p: chat['top_p'],
      penalty_score: typeof penalty === 'number' && penalty >= 1 && penalty <= 2 ? penalty : undefined,
      max_output_tokens: typeof limit === 'number' ? Math.max(leastTokens, limit) : undefined, stop: chat['stop'], user_id: chat['user'],
    });
  },
  newTranslator: () => ({ data }) => {
    const event = parseJson(data);
    if (!isObject(event)) return [failed('The answer of the provider could not be read.')];
    return said(event);
  },
  whole: (answer) => (typeof answer['result'] !== 'string' ? undefined : wire({
    id: answer['id'], created: answer['created'], choices: [{ index: 0, message: { role: 'assistant', content: answer['result'] }, finish_reason: reasonOf(answer) }], usage: answer['usage'],
  })),
});

/** Roles in turn, beginning and ending with the user. */
function oddTurns(messages: readonly PlainMessage[]): PlainMessage[] {
  const turns = inTurns(messages.filter(({ role }) => role !== 'system'));
  const begun = turns[0]?.role === 'assistant' ? turns.slice(1) : turns;
  return begun.at(-1)?.role === 'assistant' ? begun.slice(0, -1) : begun;
}

function said(event: JsonObject): Said[] {
  if (event['error_code'] !== undefined) return [failed(text(event['error_msg']) ?? 'The provider failed.', JSON.stringify(event['error_code']))];
  const grown = grows({ content: event['result'] ?? '' }, wire({ id: event['id'], created: event['created'] }));
  return event['is_end'] === true ? [grown, stops(reasonOf(event), isObject(event['usage']) ? event['usage'] : undefined), 'end'] : [grown];
}

function reasonOf(answer: JsonObject): string {
  if (answer['need_clear_history'] === true || answer['finish_reason'] === 'content_filter') return 'content_filter';
  return answer['is_truncated'] === true || answer['finish_reason'] === 'length' ? 'length' : 'stop';
}
