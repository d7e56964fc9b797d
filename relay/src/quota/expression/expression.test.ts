import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExpression, type Counts } from './expression.ts';
import type { RequestFacts } from './value.ts';

const counts: Counts = { input: 1_000, output: 100, cacheRead: 200, cacheWrite: 50, cacheWrite1h: 25, inputImage: 10, inputAudio: 5, outputAudio: 40, outputImage: 30 };
// A Sunday, 23:45 in London and Monday, 08:45 in Tokyo.
const facts: RequestFacts = { at: Date.UTC(2026, 1, 1, 23, 45), params: { 'service_tier': 'priority', 'n': 3, stream: true, none: null }, headers: { 'x-plan': 'fast' } };

/** The value in the unit of the text, the tier where there is one, or `at: what is wrong`. */
function run(text: string, of: Counts = counts): unknown {
  const read = readExpression(text), result = 'say' in read ? read : read.run(of, facts);
  if ('say' in result) return `${result.at}: ${result.say}`;
  return result.tier === null ? result.value / 1e6 : [result.value / 1e6, result.tier];
}

const worked = 'len <= 200000 ? tier("std", p*1.25 + c*10 + cr*0.125) : tier("long", p*2.5 + c*15 + cr*0.25)';

describe('variables', () => {
  it.each([
    ['input stays whole where no part has a price', 'p', 1_000], ['output too', 'c', 100], ['everything that was read', 'len', 1_000],
    ['cache that was read leaves p', 'p + cr * 0', 800], ['cache writes leave it', 'p + cc * 0 + cc1h * 0', 925], ['images leave it', 'p + img * 0', 990],
    ['audio leaves it', 'p + ai * 0', 995], ['all of them', 'p + 0 * (cr + cc + cc1h + img + ai)', 710], ['audio leaves c', 'c + ao * 0', 60],
    ['each part', 'cr * 10000 + cc * 100 + cc1h', 2_005_025], ['images and audio', 'img * 100 + ai + ao', 1_045], ['images that were made', 'img_o', 30], ['what was written beside them', 'c + img_o * 0', 70],
    ['len is never less', 'len + cr * 0', 1_000],
  ])('%s: %s', (_name, text, value) => expect(run(text)).toBe(value));

  it('parts that are more than the whole leave nothing', () => expect(run('p + cr * 0', { ...counts, input: 90, cacheRead: 100 })).toBe(0));
});

describe('operators and functions', () => {
  it.each([
    ['1 + 2 * 3', 7], ['(1 + 2) * 3', 9], ['10 - 2 - 3', 5], ['12 / 2 / 3', 2], ['7 % 4', 3], ['-2 + 5', 3], ['--2', 2], ['.5 + 1e2', 100.5],
    ['1 < 2 && 2 <= 2 ? 1 : 0', 1], ['1 > 2 || 2 >= 3 ? 1 : 0', 0], ['!(1 == 2) ? 1 : 0', 1], ['"a" != \'b\' ? 1 : 0', 1], ['"a" < "b" ? 1 : 0', 1],
    ['false ? 1 : true ? 2 : 3', 2], ['max(1, 5, 3)', 5], ['min(4, 2)', 2], ['abs(-3)', 3], ['ceil(1.2)', 2], ['floor(1.8)', 1], ['v1: p', 1_000], [' v1:p*2', 2_000],
    ['tier("a", 3)', [3, 'a']], ['tier("small", 1) + 0', [1, 'small']],
    ['param("service_tier") == "priority" ? 2 : 1', 2], ['param("n") * 2', 6], ['param("stream") ? 2 : 1', 2], ['param("absent") ? 2 : 1', 1], ['param("constructor") == "x" ? 2 : 1', 1],
    ['has(param("n")) && !has(param("none")) && !has("") ? 2 : 1', 2], ['header("X-Plan") == "fast" ? 2 : 1', 2], ['has(header("x-other")) ? 2 : 1', 1],
    ['hour()', 23], ['minute("UTC")', 45], ['weekday("Europe/London")', 0], ['weekday("Asia/Tokyo")', 1], ['day("Asia/Tokyo")', 2], ['month("UTC")', 2], ['hour("Asia/Tokyo")', 8],
    ['10 ||| when(hour() >= 22) * 0.5', 5], ['10 ||| when(1 > 2) * 3', 10], ['10 ||| when(true) * 2 ||| when(true) * 1.5 * 2', 60],
    ['true || 1 / "a" > 0 ? 1 : 0', 1],
  ])('%s', (text, value) => expect(run(text)).toEqual(value));
});

describe('refuses', () => {
  it.each([
    ['', '1: ends too early'], ['p +', '4: ends too early'], ['p $ 2', '3: is no part of an expression'], ['"open', '1: is no part of an expression'],
    ['q * 2', '1: q is no variable'], ['constructor', '1: constructor is no variable'], ['evil(1)', '1: evil is no function'], ['p p', '3: p does not belong here'], ['(p', '3: needs )'],
    ['p ? 1', '6: needs :'], ['max()', '1: max takes at least 1 numbers'], ['abs(1, 2)', '1: abs takes 1 numbers'], ['tier(p, 1)', '1: tier takes a name in quotes and a number'],
    ['param(p)', '7: param takes one text in quotes'], ['header("Authorization")', '8: header names a header that may hold a secret'],
    ['header("x-api-key")', '8: header names a header that may hold a secret'], ['hour("Nowhere/City")', '6: hour is no time zone'], ['1 ||| p', '7: a rule begins with when('],
    ['1 ||| when(true) + 2', '18: needs *'], ['v2: p', '1: v2 is no variable'], ['"a"', '1: needs a number, got string'], ['1 + "a"', '3: needs a number, got string'],
    ['1 < "a" ? 1 : 2', '3: compares two numbers or two texts'], ['1 ? 2 : 3', '1: needs true or false, got a number'], ['param("absent") + 1', '17: needs a number, got nothing'],
    ['0 - p', '1: gives a negative price'], ['1 / 0', '1: gives no price that can be counted'], ['0 / 0', '1: gives no price that can be counted'], ['1e300', '1: gives no price that can be counted'],
  ])('%s', (text, says) => expect(run(text)).toBe(says));

  it.each([
    ['deep parentheses', `${'('.repeat(70)}1${')'.repeat(70)}`, '65: is nested more than 64 deep'],
    ['many signs', `${'-'.repeat(70)}1`, '64: is nested more than 64 deep'],
    ['many members', Array.from({ length: 17 }, (_, at) => `has(param("m${at}"))`).join(' && '), '331: param is asked for more than 16 members'],
    ['many headers', Array.from({ length: 17 }, (_, at) => `has(header("m${at}"))`).join(' && '), '347: header is asked for more than 16 headers'],
    ['a long text', '1'.repeat(4_097), '4097: is longer than 4096 characters'],
  ])('%s', (_name, text, says) => expect(run(text)).toBe(says));
});

it('gives the worked example of semantics 1.9', () => {
  const of = { ...counts, input: 250_000, cacheRead: 50_000, output: 1_000, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, outputAudio: 0 };
  expect(run(worked, of)).toEqual([527_500, 'long']);
  expect(run(worked, { ...of, input: 200_000 })).toEqual([150_000 * 1.25 + 10_000 + 6_250, 'std']);
});

it('evaluates the longest chain that it reads', () => expect(run(`${'1+'.repeat(2_047)}1`)).toBe(2_048));

it('gives whole prices that are not negative, or a fault with its place, whatever is asked', () => {
  const word = fc.constantFrom('p', 'c', 'len', 'cr', 'ao', '1', '2.5', '0', '-', '+', '*', '/', '%', '(', ')', '?', ':', '<', '==', '&&', '!', '|||', 'when', 'tier', '"a"', ',', 'max', 'has', 'param', 'hour', 'true');
  const text = fc.oneof(fc.array(word, { maxLength: 24 }).map((words) => words.join(' ')), fc.string({ maxLength: 60 }));
  const natural = fc.nat(2 ** 31 - 1);
  fc.assert(fc.property(text, natural, natural, natural, (source, input, output, cacheRead) => {
    const read = readExpression(source), result = 'say' in read ? read : read.run({ ...counts, input, output, cacheRead }, facts);
    if ('say' in result) expect(result.at).toBeGreaterThanOrEqual(1);
    else expect(Number.isSafeInteger(result.value) && result.value >= 0).toBe(true);
  }), { numRuns: 2_000 });
});
