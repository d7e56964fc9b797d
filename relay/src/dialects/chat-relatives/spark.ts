/** Xunfei Spark over a WebSocket: https://www.xfyun.cn/doc/spark/Web.html (providers 5). One request, and frames until the last one. */
import type { Json, JsonObject } from '../chat-event.ts';
import { isObject, list, member, parseJson, text, wire } from '../json-member.ts';
import { chatRelative, failed, grows, type Said, stops } from './chat-relative.ts';
import { plainMessages, type PlainMessage } from './plain-messages.ts';

const domains: Readonly<Record<string, string>> = { 'v1.1': 'lite', 'v2.1': 'generalv2', 'v3.1': 'generalv3', 'v3.5': 'generalv3.5', 'v4.0': '4.0Ultra' };
const newest = 'v3.5';

/** Part of the model's name, as in `SparkDesk-v3.5`; else what the channel says. */
export const sparkVersion = (model: string, other = ''): string => /-(v\d[\d.]*)$/.exec(model)?.[1] ?? (other.trim() || newest);

export const sparkDomain = (version: string): string => (Object.hasOwn(domains, version) ? domains[version] : undefined) ?? `general${version}`;

export const sparkChat = chatRelative({
  name: 'xunfei-spark',
  path: '/v3.5/chat',
  write: (chat, { model, topK }) => {
    const version = sparkVersion(model), messages = plainMessages(chat);
    return {
      parameter: { chat: wire({ domain: sparkDomain(version), temperature: chat['temperature'], top_k: topK, max_tokens: chat['max_tokens'] }) },
      payload: { message: { text: (knowsSystem(version) ? messages : folded(messages)).map(({ role, content }): Json => ({ role, content })) } },
    };
  },
  newTranslator: () => ({ data }) => {
    const frame = parseJson(data);
    return isObject(frame) ? said(frame) : [failed('The answer of the provider could not be read.')];
  },
  whole: () => undefined,
  isLast: (message) => {
    const header = member(parseJson(message), 'header');
    return member(header, 'status') === 2 || (member(header, 'code') ?? 0) !== 0;
  },
});

function said(frame: JsonObject): Said[] {
  const header = frame['header'], code = member(header, 'code'), payload = frame['payload'];
  if (typeof code === 'number' && code !== 0) return [failed(text(member(header, 'message')) ?? 'The provider failed.', String(code))];
  const grown = list(member(member(payload, 'choices'), 'text')).map((each) =>
    grows(wire({ content: member(each, 'content'), function_call: member(each, 'function_call') }), wire({ id: member(header, 'sid') })));
  if (member(header, 'status') !== 2) return grown;
  const usage = member(member(payload, 'usage'), 'text');
  return [...grown, stops('stop', isObject(usage) ? usage : undefined), 'end'];
}

const knowsSystem = (version: string): boolean => Number(version.slice(1)) >= 3.5;

/** Older ones know no system: its words come with the first question. */
function folded(messages: readonly PlainMessage[]): PlainMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content).join('\n\n');
  const others = messages.filter(({ role }) => role !== 'system'), first = others.findIndex(({ role }) => role === 'user');
  return others.map((message, index) => (system && index === first ? { ...message, content: `${system}\n\n${message.content}` } : message));
}
