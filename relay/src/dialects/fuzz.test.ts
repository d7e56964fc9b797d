/**
 * Recordings cut at every offset, and mutated: whatever an upstream sends, an answer is read and written without throwing, ends as
 * its dialect ends or is told to have broken, and a cut never changes what is said. Bounded: the seeds change, the count does not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { providers } from '../providers/index.gen.ts';
import type { Provider } from '../providers/provider.ts';
import { convertBody, type Route, StreamConversion } from './answer/answer-conversion.ts';
import { anthropicMessages } from './anthropic-messages/dialect.ts';
import type { Dialect } from './dialect.ts';
import { gemini } from './gemini/dialect.ts';
import { openaiChat } from './openai-chat/dialect.ts';
import { openaiResponses } from './openai-responses/dialect.ts';
import { type Recorded, recordedOf } from './testing/recorded.ts';

const clients: Dialect[] = [openaiChat, openaiResponses, anthropicMessages, gemini];
const recorded = providers.flatMap((provider: Provider) => recordedOf(provider)).filter((one) => one.expected.status === undefined);
const streams = recorded.filter((one) => one.stream), bodies = recorded.filter((one) => !one.stream);

const route = (one: Recorded, to: Dialect): Route => ({ from: one.dialect, to, reading: { usage: one.provider.readUsage }, writing: { requestId: 'r', model: 'm', streamUsage: true, createdAt: 7 } });

interface Written { text: string; broken: boolean }

/** Everything that is written for these pieces. */
function written(one: Recorded, to: Dialect, pieces: readonly Buffer[]): Written {
  const conversion = new StreamConversion(route(one, to));
  let text = '';
  for (const piece of pieces) {
    const some = conversion.push(piece);
    if (some instanceof Failure) return { text, broken: true };
    text += some.join('');
  }
  text += conversion.end().join('');
  return { text, broken: conversion.broken !== undefined };
}

const endings: Readonly<Record<Dialect['name'], RegExp>> = {
  'openai-chat': /data: \[DONE\]\n\n$/, 'openai-responses': /event: response\.(completed|incomplete)\ndata: [^\n]*\n\n$/, 'anthropic-messages': /event: message_stop\n[^\n]*\n\n$/, gemini: /"finishReason":[^\r]*\r\n\r\n$/,
};

const shortest = (list: readonly Recorded[]): Recorded[] => [...new Map(list.toSorted((a, b) => b.bytes.length - a.bytes.length).map((one) => [one.dialect.name, one])).values()];
/** Shapes that show much: thoughts with signatures, calls, searches, line ends of every kind. */
const rich = /thoughts twice, their signature|runs out of turns|takes free text, in pieces|arguments in pieces|^(ohmygpt|openrouter|groq), CRLF/;

/** Each offset is a run: the shortest recording of each dialect. Languages of upstreams alone are cut in fewer places. */
const short = [...shortest(streams.filter((one) => !one.shape)), ...streams.filter((one) => one.shape && rich.test(one.name))];
const step = ({ dialect, shape }: Recorded): number => (clients.some(({ name }) => name === dialect.name) ? shape ? 11 : 1 : 29);

describe.each(short)('$name, cut in two', (one) => {
  it.each(clients.filter((to) => to.name !== one.dialect.name))('at every offset says the same to a client of $name', (to) => {
    const whole = written(one, to, [one.bytes]);
    for (let at = 1; at < one.bytes.length; at += step(one)) {
      const parts = written(one, to, [one.bytes.subarray(0, at), one.bytes.subarray(at)]);
      if (parts.text !== whole.text) expect(`${at}: ${parts.text}`).toBe(whole.text);
    }
  });

  it.each(clients.filter((to) => to.name !== one.dialect.name))('and broken off there says a beginning of it to a client of $name', (to) => {
    const whole = written(one, to, [one.bytes]);
    for (let at = 0; at < one.bytes.length; at += 2 + step(one)) {
      const { text, broken } = written(one, to, [one.bytes.subarray(0, at)]);
      // What is written at the end of a whole answer may come before its last bytes; nothing else may.
      if (!broken) expect(text).toMatch(endings[to.name]);
      else expect(whole.text.startsWith(text)).toBe(true);
    }
  });

  it('is watched the same wherever it is cut', () => {
    const report = (pieces: readonly Buffer[]): unknown => {
      const watch = one.dialect.watch({ stream: true, usage: one.provider.readUsage });
      for (const piece of pieces) watch.see(piece);
      return watch.report();
    };
    const whole = report([one.bytes]);
    for (let at = 1; at < one.bytes.length; at += 7) expect(report([one.bytes.subarray(0, at), one.bytes.subarray(at)])).toEqual(whole);
  });
});

/** The shortest whole answers: cut anywhere they are none. */
describe.each(shortest(bodies.filter((one) => !one.shape)))('$name, broken off', (one) => {
  const end = one.bytes.toString('utf8').trimEnd().length;

  it('at every offset is no answer to anyone', () => {
    for (let at = 0; at < end; at++) {
      const sent = convertBody(one.bytes.subarray(0, at), route(one, clients[at % clients.length]!));
      if (!(sent instanceof Failure)) expect(`${at}: ${sent}`).toBe('a failure');
    }
  });

  it('at every offset is not taken for a whole one', () => {
    for (let at = 0; at < end; at++) {
      const watch = one.dialect.watch({ stream: false, usage: one.provider.readUsage });
      watch.see(one.bytes.subarray(0, at));
      if (watch.report().complete) expect(`${at}: complete`).toBe('broken off');
    }
  });
});

/** Bytes changed, taken out, doubled, or put somewhere else. */
const mutated = (list: readonly Recorded[]): fc.Arbitrary<{ one: Recorded; bytes: Buffer }> =>
  fc.record({ one: fc.constantFrom(...list), edits: fc.array(fc.record({ at: fc.nat(), length: fc.nat(40), kind: fc.nat(3), byte: fc.constantFrom(0x22, 0x7b, 0x7d, 0x5b, 0x2c, 0x0a, 0x00, 0xff, 0x30, 0x6e) }), { minLength: 1, maxLength: 6 }) })
    .map(({ one, edits }) => ({ one, bytes: edits.reduce((bytes, { at, length, kind, byte }) => {
      const from = at % (bytes.length + 1), to = Math.min(bytes.length, from + length), cut = bytes.subarray(from, to);
      if (kind === 0) return Buffer.concat([bytes.subarray(0, from), Buffer.from([byte]), bytes.subarray(Math.min(bytes.length, from + 1))]);
      if (kind === 1) return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
      return Buffer.concat(kind === 2 ? [bytes.subarray(0, to), cut, bytes.subarray(to)] : [cut, bytes.subarray(0, from), bytes.subarray(to)]);
    }, one.bytes.subarray(0, 60_000)) }));

describe.each(clients)('for a client of $name', (to) => {
  it('a mutated stream is read without throwing, and ends or breaks', () => {
    fc.assert(fc.property(mutated(streams), ({ one, bytes }) => {
      const { text, broken } = written(one, to, [bytes]);
      if (!broken) expect(text).toMatch(endings[to.name]);
      const watch = one.dialect.watch({ stream: true });
      watch.see(bytes);
      expect(watch.report().receivedTokens).toBeGreaterThanOrEqual(0);
    }), { numRuns: 250 });
  });

  it('a mutated body is read without throwing', () => {
    fc.assert(fc.property(mutated(bodies), ({ one, bytes }) => {
      const sent = convertBody(bytes, route(one, to));
      if (!(sent instanceof Failure)) expect(JSON.parse(sent)).toBeTypeOf('object');
    }), { numRuns: 200 });
  });
});
