/** An answer before it is framed and before anything is done to it. */
export type JsonObject = Record<string, unknown>;
export type DialectName = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';

export interface Answer {
  /** The events of a stream in their order, without the closing `[DONE]`. */
  events: JsonObject[];
  /** The same as one body, when the caller asked for no stream. */
  body: JsonObject;
}

/** What a request asks for, as far as the mock looks into it. */
export interface Request {
  dialect: DialectName;
  model: string;
  stream: boolean;
  /** openai-chat only: whether the usage chunk was asked for. */
  wantsUsage: boolean;
  /** The text of all messages, and of the last one of the user: tests mark their requests there. */
  text: string;
  label: string;
}

export interface Usage { input: number; output: number; cached: number }

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectIn = (value: unknown, name: string): JsonObject | undefined => {
  const member = isObject(value) ? value[name] : undefined;
  return isObject(member) ? member : undefined;
};

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join(' ');
}

/** A text alone is a message of the user. */
const inputOf = ({ input, instructions }: JsonObject): unknown => {
  if (typeof input !== 'string' && !Array.isArray(input)) return undefined;
  const items: unknown[] = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  return instructions === undefined ? items : [{ role: 'developer', content: instructions }, ...items];
};

/** The model and the stream, as the address of a call tells them. */
export interface GeminiAddress { model: string; stream: boolean }

export function geminiAddress(path: string): GeminiAddress | undefined {
  const [, model, action] = /^\/v1(?:beta|alpha)?\/models\/([^:]+):(generateContent|streamGenerateContent)$/.exec(path) ?? [];
  return model === undefined ? undefined : { model: decodeURIComponent(model), stream: action === 'streamGenerateContent' };
}

function geminiRequest(json: JsonObject, { model, stream }: GeminiAddress): Request | string {
  if (!Array.isArray(json.contents)) return 'contents: is missing';
  const contents = json.contents.filter(isObject);
  const label = textOf(contents.findLast((content) => content.role !== 'model')?.parts);
  const text = [textOf(objectIn(json, 'systemInstruction')?.parts), ...contents.map((content) => textOf(content.parts))].join(' ').trim();
  return { dialect: 'gemini', model, stream, wantsUsage: true, text, label };
}

/** Reads a body; text: what is wrong with it. */
export function readRequest(dialect: DialectName, body: string, address?: GeminiAddress): Request | string {
  let json: unknown;
  try { json = JSON.parse(body); } catch { return 'the body is not JSON'; }
  if (!isObject(json)) return 'the body is not an object';
  if (address) return geminiRequest(json, address);
  if (typeof json.model !== 'string') return 'model: is missing';
  const said = dialect === 'openai-responses' ? inputOf(json) : json.messages;
  if (!Array.isArray(said)) return `${dialect === 'openai-responses' ? 'input' : 'messages'}: is missing`;
  if (dialect === 'anthropic-messages' && typeof json.max_tokens !== 'number') return 'max_tokens: is missing';
  const messages = said.filter(isObject);
  const label = textOf(messages.findLast((message) => message.role === 'user')?.content);
  const text = [textOf(json.system), ...messages.map((message) => textOf(message.content))].join(' ').trim();
  const wantsUsage = dialect !== 'openai-chat' || objectIn(json, 'stream_options')?.include_usage === true;
  return { dialect, model: json.model, stream: json.stream === true, wantsUsage, text, label };
}
