/** Every recorded answer of every provider, through every client dialect, cut in four ways. A new provider adds no test code. */
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { cutBytes, singleBytes } from '../framing/cut-bytes.ts';
import { isBlank } from '../framing/frame.ts';
import { SseReader } from '../framing/sse-reader.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import { providers } from '../providers/index.gen.ts';
import type { Provider } from '../providers/provider.ts';
import { convertBody, StreamConversion, type Route } from './answer/answer-conversion.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { ChatEvent, FinishReason } from './chat-event.ts';
import type { Codec, Dialect } from './dialect.ts';
import { gemini } from './gemini/dialect.ts';
import { isObject, list, member, parseJson } from './json-member.ts';
import { parseLossless } from './lossless-json.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';
import { recordedOf, type Call, type Recorded } from './testing/recorded.ts';
import { noTokens } from './metering/usage.ts';
import { wholeAnswer } from './answer/whole-answer.ts';

const clients: Dialect[] = [openaiChat, openaiResponses, anthropicMessages, gemini];
const recorded = providers.flatMap((provider: Provider) => recordedOf(provider));
const places = Array.from({ length: 40 }, (_, index) => index * index * 7919);

const cuts = (one: Recorded): { name: string; pieces: Buffer[] }[] => [
  { name: 'whole', pieces: [one.bytes] },
  { name: 'each event', pieces: one.events },
  { name: 'each byte', pieces: singleBytes(one.bytes) },
  { name: 'at odd places', pieces: cutBytes(one.bytes, places) },
];

interface Meaning { text: string; reasoning: string; refusal: string; calls: Call[]; finish: FinishReason; failure: string | undefined; usage: UsageTokens }

function meaningOf(events: readonly ChatEvent[]): Meaning {
  const { parts, finish, tokens } = wholeAnswer(events);
  const join = (kind: 'text' | 'reasoning' | 'refusal') => parts.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
  const calls = parts.flatMap((part) => (part.kind === 'tool-call' ? [{ id: part.id, name: part.name, arguments: part.arguments }] : []));
  const failure = events.find((event) => event.type === 'answer-failure');
  return { text: join('text'), reasoning: join('reasoning'), refusal: join('refusal'), calls, finish: finish.reason, usage: tokens, failure: failure && (failure.kind ?? failure.message) };
}

/** Everything that came of it, read by the dialect itself. */
function read(dialect: Codec, stream: boolean, pieces: readonly Buffer[], usage?: Provider['readUsage']): ChatEvent[] {
  if (!stream) {
    const events = dialect.readAnswer(parseLossless(Buffer.concat(pieces).toString()) ?? null, { usage });
    if (events instanceof Failure) throw new Error(events.details.note);
    return events;
  }
  const framing = new SseReader();
  const reader = dialect.newReader({ usage });
  const frames = pieces.flatMap((piece) => { const some = framing.push(piece); return some instanceof Failure ? [] : some; });
  return [...[...frames, ...framing.end()].flatMap((frame) => (isBlank(frame) ? [] : reader.read(frame))), ...reader.end()];
}

const expectedUsage = (one: Recorded): UsageTokens => ({ ...noTokens, ...one.expected.usage });

/** Calls whose arguments were empty are `{}` behind a conversion. */
const named = (calls: Call[]): Call[] => calls.map((call) => ({ ...call, arguments: JSON.stringify(JSON.parse(call.arguments || '{}')) }));

function onlyUsage(event: string): boolean {
  const chunk = parseJson(event.slice('data: '.length));
  return isObject(member(chunk, 'usage')) && list(member(chunk, 'choices')).length === 0;
}

const finishes: Readonly<Record<string, Partial<Record<FinishReason, FinishReason>>>> = {
  'openai-chat': { pause: 'stop', stop_sequence: 'stop', context_window: 'length' }, 'anthropic-messages': {},
  'openai-responses': { pause: 'stop', stop_sequence: 'stop', context_window: 'length' }, gemini: { pause: 'stop', stop_sequence: 'stop', context_window: 'length' },
};

/** What a dialect can say of usage. */
function carried(usage: UsageTokens, { name }: Dialect): Partial<UsageTokens> {
  const { input, output, cacheRead, cacheWrite, cacheWrite1h, reasoning, inputAudio, inputImage, outputAudio } = usage;
  const kinds = name === 'gemini' || name === 'openai-chat' ? { inputAudio, inputImage, outputAudio } : {};
  return name === 'gemini' ? { input, output, cacheRead, reasoning, ...kinds } : { input, output, cacheRead, cacheWrite: cacheWrite + cacheWrite1h, reasoning, ...kinds };
}

const endings: Readonly<Record<Dialect['name'], RegExp>> = {
  'openai-chat': /data: \[DONE\]\n\n$/, 'anthropic-messages': /event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/,
  'openai-responses': /event: response\.(completed|incomplete)\ndata: \{[^\n]*\}\n\n$/,
  gemini: /"finishReason":"[A-Z_]+"[^\n]*\}\r\n\r\n$/,
};

const answers = recorded.filter((one) => one.expected.status === undefined);
const sound = answers.filter((one) => one.expected.failure === undefined);

describe.each(answers)('$name', (one) => {
  const { dialect, provider, expected } = one;
  it('means what was recorded, however it is cut', () => {
    for (const { pieces } of cuts(one)) {
      const meaning = meaningOf(read(dialect, one.stream, pieces, provider.readUsage));
      if (expected.failure) expect(meaning.failure).toBe(expected.failure);
      else {
        expect(meaning).toMatchObject({ text: expected.text, reasoning: expected.reasoning, refusal: expected.refusal ?? '', calls: expected.calls, finish: expected.finish, failure: undefined });
        expect(meaning.usage).toEqual(expectedUsage(one));
      }
    }
  });

  it('keeps the order of events', () => {
    const types = read(dialect, one.stream, [one.bytes]).map((event) => event.type);
    expect(types[0]).toBe('answer-start');
    expect(types.at(-1)).toBe('answer-end');
    expect(types.filter((type) => type === 'answer-finish' || type === 'answer-failure')).toHaveLength(1);
  });
});

describe.each(sound)('$name, watched', (one) => {
  it('tells its usage and its end, however it is cut', () => {
    for (const { pieces } of cuts(one)) {
      const watch = one.dialect.watch({ stream: one.stream, usage: one.provider.readUsage });
      for (const piece of pieces) watch.see(piece);
      const report = watch.report();
      expect(report).toMatchObject({ complete: true, failure: undefined });
      expect(report.tokens).toEqual(one.expected.usage ? expectedUsage(one) : undefined);
    }
  });

  it('counts about what was said when its end is missing', () => {
    if (!one.stream) return;
    const watch = one.dialect.watch({ stream: true });
    for (const event of one.events.slice(0, -4)) watch.see(event);
    expect(watch.report().complete).toBe(false);
  });
});

describe.each(clients)('for a client of $name', (client) => {
  const pairs = sound.filter((one) => one.dialect !== client);
  const route = (one: Recorded): Route => ({
    from: one.dialect, to: client, reading: { usage: one.provider.readUsage },
    writing: { requestId: 'request-1', model: 'asked', streamUsage: true, createdAt: 1_700_000_000 },
  });

  const converted = (one: Recorded, pieces: readonly Buffer[]): string[] => {
    if (!one.stream) {
      const body = convertBody(Buffer.concat(pieces), route(one));
      if (body instanceof Failure) throw new Error(body.details.note);
      return [body];
    }
    const conversion = new StreamConversion(route(one));
    const written = pieces.flatMap((piece) => { const some = conversion.push(piece); return some instanceof Failure ? [] : some; });
    return [...written, ...conversion.end()];
  };

  it.each(pairs)('$name means the same', (one) => {
    const { expected } = one;
    const whole = converted(one, [one.bytes]);
    const meaning = meaningOf(read(client, one.stream, whole.map((piece) => Buffer.from(piece))));
    const bytes = whole.join(''), refusal = expected.refusal ?? '', asText = client === anthropicMessages, refuses = refusal !== '' && (asText || client === gemini);
    expect(meaning).toMatchObject({
      text: asText ? expected.text + refusal : expected.text, reasoning: expected.reasoning, failure: undefined, ...(expected.refusal === undefined ? {} : { refusal: refuses ? '' : refusal }),
      finish: refuses ? 'content_filter' : finishes[client.name]?.[expected.finish] ?? expected.finish,
    });
    expect([...expected.shows?.[client.name] ?? [], ...(refuses ? [refusal] : [])].filter((shown) => !bytes.includes(shown))).toEqual([]);
    expect(named(meaning.calls)).toEqual(named(expected.calls));
    expect(carried(meaning.usage, client)).toEqual(carried(expectedUsage(one), client));
    for (const { pieces } of cuts(one)) expect(converted(one, pieces).join('')).toBe(whole.join(''));
  });

  it.each(pairs.filter((one) => one.stream))('$name ends as the dialect ends', (one) => {
    const bytes = converted(one, [one.bytes]).join('');
    expect(bytes).toMatch(endings[client.name]);
    expect(bytes).toContain(client === gemini ? '"modelVersion":"asked"' : '"model":"asked"');
  });

  it.each(answers.filter((one) => one.dialect === client))('$name passes byte for byte', (one) => {
    for (const { pieces } of cuts(one)) {
      const editor = client.editAnswer({ stream: one.stream, dropUsage: true, model: undefined });
      const out = editor ? Buffer.concat([...pieces.flatMap((piece) => editor.push(piece)), ...editor.end()]) : one.bytes;
      const kept = one.events.filter((event) => (client === openaiChat ? !onlyUsage(event.toString()) : event.toString().trim() !== 'data: [DONE]'));
      expect(out.equals(Buffer.concat(one.stream ? kept : [one.bytes]))).toBe(true);
    }
  });
});

describe.each(recorded.filter((one) => one.expected.status !== undefined))('$name', (one) => {
  it('is read as the refusal that it is', () => {
    const { status = 0, failure, param } = one.expected;
    const read = one.dialect.readFailure(status, one.bytes);
    expect(read).toMatchObject({ status, details: { upstreamCode: failure, ...(param === undefined ? {} : { param }) } });
  });
});
