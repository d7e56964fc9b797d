/** Zhipu, its third API, for channels that have it still (providers 5). */
import { MetaLines } from '../../framing/meta-lines.ts';
import { isObject, list, member, parseJson, text, wire } from '../json-member.ts';
import type { Json, JsonObject } from '../chat-event.ts';
import { chatRelative, failed, grows, stops } from './chat-relative.ts';
import { inTurns, plainMessages, type PlainMessage } from './plain-messages.ts';

export const zhipuV3Chat = chatRelative({
  name: 'zhipu-v3',
  path: '/api/paas/v3/model-api',
  callPath: ({ model, stream }) => `/api/paas/v3/model-api/${encodeURIComponent(model)}/${stream ? 'sse-invoke' : 'invoke'}`,
  write: (chat) => wire({ prompt: promptOf(plainMessages(chat)), temperature: chat['temperature'], top_p: chat['top_p'], incremental: true }),
  newTranslator: () => ({ event, data }) => {
    switch (event) {
      case 'add': return [grows({ content: data === '' ? '\n' : data })];
      case 'finish': return [stops('stop', usageIn(data)), 'end'];
      case 'error':
      case 'interrupted': return [failed(data.split('\n')[0] || 'The provider broke off its answer.', event)];
      default: return [];
    }
  },
  whole: (answer) => {
    const body = answer['data'], [choice] = list(member(body, 'choices'));
    if (choice === undefined) return undefined;
    const content = text(member(choice, 'content')) ?? '', plain = parseJson(content);
    return wire({
      id: member(body, 'task_id'), usage: member(body, 'usage'),
      choices: [{ index: 0, message: { role: 'assistant', content: typeof plain === 'string' ? plain : content }, finish_reason: 'stop' }],
    });
  },
  unframe: () => new MetaLines(),
});

/** Its models know no system: they are told, and agree. */
function promptOf(messages: readonly PlainMessage[]): Json[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content).join('\n\n');
  const told: PlainMessage[] = system ? [{ role: 'user', content: system }, { role: 'assistant', content: 'Okay.' }] : [];
  return [...told, ...inTurns(messages.filter(({ role }) => role !== 'system'))].map(({ role, content }) => ({ role, content }));
}

/** Its figures stand in the last line. */
function usageIn(data: string): JsonObject | undefined {
  const usage = member(parseJson(data.split('\n').at(-1) ?? ''), 'usage');
  return isObject(usage) ? usage : undefined;
}
