/** The system prompt of a channel, put into a request before anything else happens to it (semantics 3.6). */
import { isObject, list } from '../../dialects/json-member.ts';
import type { Json, JsonObject } from '../../framing/json.ts';
import type { BodyDraft } from './body-draft.ts';

export interface SystemPrompt {
  readonly text: string;
  /** Also where the request has one of its own: in front of it. */
  readonly override: boolean;
}

const isSystem = (message: Json): message is JsonObject => isObject(message) && (message['role'] === 'system' || message['role'] === 'developer');

/** In front of what is there: a text, or a list of parts. */
function inFront(text: string, content: Json | undefined, part: JsonObject): Json {
  if (Array.isArray(content)) return [part, ...content];
  return typeof content === 'string' && content !== '' ? `${text}\n${content}` : text;
}

function chat(draft: BodyDraft, { text, override }: SystemPrompt): void {
  const messages = list(draft.get('messages')), at = messages.findIndex(isSystem), own = messages[at];
  if (!isObject(own)) draft.set('messages', [{ role: 'system', content: text }, ...messages]);
  else if (override) draft.set('messages', messages.with(at, { ...own, content: inFront(text, own['content'], { type: 'text', text }) }));
}

function responses(draft: BodyDraft, { text, override }: SystemPrompt): void {
  const own = draft.get('instructions');
  if (typeof own !== 'string' || own === '') draft.set('instructions', text); else if (override) draft.set('instructions', `${text}\n${own}`);
}

function messages(draft: BodyDraft, { text, override }: SystemPrompt): void {
  const own = draft.get('system'), has = (typeof own === 'string' && own !== '') || list(own).length > 0;
  if (!has) draft.set('system', text); else if (override) draft.set('system', inFront(text, own, { type: 'text', text }));
}

function gemini(draft: BodyDraft, { text, override }: SystemPrompt): void {
  const name = draft.get('system_instruction') === undefined ? 'systemInstruction' : 'system_instruction', own = draft.get(name);
  const parts = isObject(own) ? list(own['parts']) : [];
  if (parts.length === 0) draft.set(name, { parts: [{ text }] });
  else if (override && isObject(own)) draft.set(name, { ...own, parts: [{ text: `${text}\n` }, ...parts] });
}

/** By the dialect that the client speaks; other endpoints know no system prompt. */
const writers: Readonly<Record<string, (draft: BodyDraft, prompt: SystemPrompt) => void>> = {
  'openai-chat': chat, 'openai-responses': responses, 'anthropic-messages': messages, gemini,
};

export const putSystemPrompt = (draft: BodyDraft, dialect: string, prompt: SystemPrompt): void => writers[dialect]?.(draft, prompt);

/** Whether the request has one of its own. */
export function hasSystemPrompt(draft: BodyDraft, dialect: string): boolean {
  if (dialect === 'openai-chat') return list(draft.get('messages')).some(isSystem);
  const own = draft.get(dialect === 'openai-responses' ? 'instructions' : 'system'), inGemini = draft.get('systemInstruction') ?? draft.get('system_instruction');
  if (dialect === 'gemini') return isObject(inGemini) && list(inGemini['parts']).length > 0;
  return (typeof own === 'string' && own !== '') || list(own).length > 0;
}
