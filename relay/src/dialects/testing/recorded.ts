/** The recorded answers in relay/fixtures, framed as their dialects say, and beside them the shapes that were written by hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UsageTokens } from '../../gql/types.gen.ts';
import type { FinishReason, JsonObject } from '../chat-event.ts';
import type { Codec, DialectName } from '../dialect.ts';
import { isObject, parseJson, text } from '../json-member.ts';
import type { Provider } from '../../providers/provider.ts';
import { anthropicShapes } from './shapes/anthropic-messages.ts';
import { geminiShapes } from './shapes/gemini.ts';
import { openaiChatShapes } from './shapes/openai-chat.ts';
import { openaiResponsesShapes } from './shapes/openai-responses.ts';
import { bytesOf, type Shape } from './shapes/shape.ts';

const folder = join(import.meta.dirname, '../../../fixtures');

export interface Call { id: string; name: string; arguments: string }

/** What an answer means; `failure` instead of all else when it broke. */
export interface Expected {
  text: string;
  reasoning: string;
  calls: Call[];
  finish: FinishReason;
  usage: Partial<UsageTokens> | null;
  failure?: string;
  param?: string;
  status?: number;
  /** What it said in refusing. */
  refusal?: string;
  /** Why it refused, beside the answer. */
  why?: string;
  /** What must stand in what a client of this dialect is sent. */
  shows?: Partial<Record<DialectName, readonly string[]>>;
  /** Where it is not the first one that the provider speaks. */
  dialect?: string;
}

export interface Recorded {
  name: string;
  provider: Provider;
  dialect: Codec;
  stream: boolean;
  /** As they come from the socket. */
  bytes: Buffer;
  /** One event each; of a whole answer one piece. */
  events: Buffer[];
  expected: Expected;
  /** Written by hand. */
  shape?: true;
  /** It does not pass as it is. */
  mended?: boolean | undefined;
}

/** Of one provider. */
export const recordedOf = (provider: Provider): Recorded[] => [...fixturesOf(provider), ...shapesOf(provider)];

const shapes: readonly { dialect: DialectName; house: string; list: readonly Shape[] }[] = [
  { dialect: 'openai-chat', house: 'openai', list: openaiChatShapes }, { dialect: 'openai-responses', house: 'openai', list: openaiResponsesShapes },
  { dialect: 'anthropic-messages', house: 'anthropic', list: anthropicShapes }, { dialect: 'gemini', house: 'gemini', list: geminiShapes },
];

function shapesOf(provider: Provider): Recorded[] {
  return shapes.flatMap(({ dialect: name, house, list }) => list.flatMap((shape): Recorded[] => {
    const dialect = provider.speaks.find((each) => each.name === name);
    if ((shape.provider ?? house) !== provider.name || !dialect) return [];
    const events = shape.stream?.map((event) => bytesOf(name, event)) ?? [Buffer.from(JSON.stringify(shape.whole))];
    const expected: Expected = { text: '', reasoning: '', calls: [], finish: 'stop', usage: null, ...shape.expected };
    return [{ name: `${provider.name}, ${shape.name}`, provider, dialect, stream: shape.stream !== undefined, bytes: Buffer.concat(events), events, expected, shape: true, mended: shape.mended }];
  }));
}

/** The folder of a provider is named after it. */
function fixturesOf(provider: Provider): Recorded[] {
  // Many differ from others in their address only: what they say is recorded there.
  const [first] = provider.speaks;
  if (!first || !existsSync(join(folder, provider.name))) return [];
  const cases = readdirSync(join(folder, provider.name), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return cases.map(({ name }) => {
    const at = join(folder, provider.name, name);
    const expected: Expected = JSON.parse(readFileSync(join(at, 'expected.json'), 'utf8'));
    const dialect = provider.speaks.find((each) => each.name === expected.dialect) ?? first;
    const events = eventsIn(at, dialect);
    return {
      name: `${provider.name}/${name}`, provider, dialect, stream: !existsSync(join(at, 'upstream.json')),
      bytes: Buffer.concat(events), events, expected,
    };
  });
}

function eventsIn(at: string, dialect: Codec): Buffer[] {
  const raw = join(at, 'upstream.sse');
  const whole = join(at, 'upstream.json');
  if (existsSync(whole)) return [readFileSync(whole)];
  if (existsSync(raw)) return readFileSync(raw, 'utf8').split(/(?<=\n\n)/).map((event) => Buffer.from(event));
  const lines = readFileSync(join(at, 'upstream.chunks.txt'), 'utf8').split('\n').filter((line) => line.trim() !== '');
  if (dialect.name === 'gemini') return lines.map((line) => Buffer.from(`data: ${line}\r\n\r\n`));
  if (dialect.name === 'bedrock-converse') return lines.map(unframedEvent);
  const framed = lines.map((line) => (dialect.name === 'openai-chat' ? `data: ${line}\n\n` : `event: ${typeOf(line)}\ndata: ${line}\n\n`));
  return [...framed, ...(dialect.name === 'openai-chat' ? ['data: [DONE]\n\n'] : [])].map((event) => Buffer.from(event));
}

/** As `AwsEventStream` gives it. */
function unframedEvent(line: string): Buffer {
  const [name, payload] = Object.entries(object(line))[0] ?? ['', null];
  return Buffer.from(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`);
}

const typeOf = (line: string): string => text(object(line)['type']) ?? '';

function object(line: string): JsonObject {
  const value = parseJson(line);
  return isObject(value) ? value : {};
}
