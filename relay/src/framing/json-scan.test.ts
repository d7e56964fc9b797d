import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonCursor, JsonFault } from './json-cursor.ts';
import { memberScan, valueOf } from './json-scan.ts';
import { splice } from './splice.ts';

const scan = memberScan(['model', 'stream', 'max_tokens']);

function found(source: string | Buffer): Record<string, unknown> | string {
  const bytes = Buffer.from(source);
  const result = scan(bytes);
  if (result instanceof JsonFault) return `${result.reason} at ${result.at}`;
  return Object.fromEntries([...result.members].map(([name, span]) => [name, valueOf(bytes, span)]));
}

describe('memberScan', () => {
  it.each([
    { name: 'finds members on top', body: '{"a":[{"model":1}],"model":"m","stream" : true}', is: { model: 'm', stream: true } },
    { name: 'takes the last of two equal names', body: '{"model":"a","model":"b"}', is: { model: 'b' } },
    { name: 'knows a name written with escapes', body: '{"mod\\u0065l":"a"}', is: { model: 'a' } },
    { name: 'steps over strings that look like members', body: '{"x":"\\"model\\":\\"no\\"","model":"y"}', is: { model: 'y' } },
    { name: 'takes an empty object', body: ' { } ', is: {} },
    { name: 'takes long strings with escapes at their end', body: `{"x":"${'a'.repeat(300)}\\\\","model":"${'é\\"'.repeat(90)}"}`, is: { model: 'é"'.repeat(90) } },
    { name: 'refuses an array', body: '[]', is: 'expected an object at 0' },
    { name: 'refuses an empty body', body: '', is: 'expected an object at 0' },
    { name: 'says where the text ends too early', body: '{"model":', is: 'the text ends too early at 9' },
    { name: 'says where a string does not end', body: '{"model":"abc', is: 'a string without end at 13' },
    { name: 'refuses a comma at the end', body: '{"a":1,}', is: 'expected a member name at 7' },
    { name: 'refuses text behind the end', body: '{} x', is: 'text behind the end at 3' },
    { name: 'refuses numbers that JSON does not know', body: '{"a":01}', is: 'expected , or } at 6' },
    { name: 'refuses words that JSON does not know', body: '{"a":nul}', is: 'expected a value at 5' },
    { name: 'refuses too deep a nest', body: `{"a":${'['.repeat(64)}${']'.repeat(64)}}`, is: 'nested deeper than 64 at 68' },
    { name: 'refuses too many values', body: `{"a":[${'0,'.repeat(200_000)}0]}`, is: 'more than 200000 values at 400004' },
  ])('$name', ({ body, is }) => expect(found(body)).toEqual(is));

  it('agrees with JSON.parse on every document that is JSON', () => {
    const document = fc.dictionary(fc.oneof(fc.constantFrom('model', 'stream', 'max_tokens'), fc.string({ unit: 'grapheme' })), fc.jsonValue({ maxDepth: 5 }));
    fc.assert(fc.property(document, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const source = JSON.stringify(value, null, indent);
      const parsed: Record<string, unknown> = JSON.parse(source);
      const expected = Object.fromEntries(['model', 'stream', 'max_tokens'].flatMap((name) => (Object.hasOwn(parsed, name) ? [[name, parsed[name]]] : [])));
      expect(found(source)).toEqual(expected);
    }), { numRuns: 500 });
  });

  it('never throws, and takes nothing that JSON.parse refuses but faults inside strings', () => {
    const soup = fc.array(fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', '1', '-', '.', 'e', 'true', 'nul', ' ', '"a"', 'é'), { maxLength: 20 });
    fc.assert(fc.property(soup, (pieces) => {
      const source = `{"a":${pieces.join('')}}`;
      const result = scan(Buffer.from(source));
      if (!(result instanceof JsonFault) && !source.includes('\\')) expect(() => JSON.parse(source)).not.toThrow();
    }), { numRuns: 3000 });
  });

  it('never throws on bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const cursor = new JsonCursor(Buffer.from(bytes));
      cursor.value(0);
      expect(cursor.at).toBeLessThanOrEqual(bytes.length + 1);
    }), { numRuns: 2000 });
  });
});

describe('splice', () => {
  it('replaces and inserts, whatever the order, and keeps the rest', () => {
    const edits = [{ start: 4, end: 5, text: 'XY' }, { start: 1, end: 1, text: '+' }];
    expect(splice(Buffer.from('abcdefg'), edits).toString()).toBe('a+bcdXYfg');
  });
});
