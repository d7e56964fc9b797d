import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBytes, singleBytes } from './cut-bytes.ts';
import { boundaryOf, FormScan } from './form-scan.ts';

const scanned = (pieces: readonly Buffer[], boundary = 'b') => {
  const scan = new FormScan(boundary);
  for (const piece of pieces) scan.push(piece);
  const { fields, files, ended, fault } = scan;
  return { fields, files: files.map(({ name, beginning, bytes }) => ({ name, beginning: beginning.toString('latin1'), bytes })), ended, fault };
};

const field = (name: string, value: string): string => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, bytes: string): string => `--b\r\nContent-Disposition: form-data; name="${name}"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n${bytes}\r\n`;

const cases = [
  { name: 'a field', wire: `${field('model', 'whisper-1')}--b--\r\n`, fields: [['model', 'whisper-1']], files: [], ended: true },
  { name: 'a file before a field', wire: `${file('file', 'RIFF\r\n--c\r\n-')}${field('model', 'm')}--b--`, fields: [['model', 'm']], files: [['file', 'RIFF\r\n--c\r\n-', 12]], ended: true },
  { name: 'empty values', wire: `${field('a', '')}${file('f', '')}--b--`, fields: [['a', '']], files: [['f', '', 0]], ended: true },
  { name: 'a preamble, blanks behind a boundary, an epilogue', wire: `hello\r\n${field('a', '1').replace('--b\r\n', '--b \t\r\n')}--b--\r\nbye`, fields: [['a', '1']], files: [], ended: true },
  { name: 'a large file, of which the beginning is kept', wire: `${file('file', 'x'.repeat(5_000))}--b--`, fields: [], files: [['file', 'x'.repeat(64), 5_000]], ended: true },
  { name: 'a name in quotes with quotes', wire: `${field('a\\"c', 'é')}--b--`, fields: [['a"c', 'é']], files: [], ended: true },
  { name: 'a form that breaks off', wire: `${field('a', '1')}${field('b', '2').slice(0, -2)}`, fields: [['a', '1']], files: [], ended: false },
  { name: 'nothing', wire: '--b--', fields: [], files: [], ended: true },
] as const;

it.each(cases)('reads $name, however it is cut', ({ wire, fields, files, ended }) => {
  const bytes = Buffer.from(wire);
  const check = (found: ReturnType<typeof scanned>): void => {
    expect(found.fields.map((each) => [each.name, each.value])).toEqual(fields);
    for (const each of found.fields) expect(bytes.toString('utf8', each.start, each.end)).toBe(each.value);
    expect(found.files.map((each) => [each.name, each.beginning, each.bytes])).toEqual(files);
    expect([found.ended, found.fault]).toEqual([ended, undefined]);
  };
  check(scanned([bytes]));
  check(scanned(singleBytes(bytes)));
  fc.assert(fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => check(scanned(cutBytes(bytes, cuts)))), { numRuns: 50 });
});

it.each([
  { name: 'a part without a name', wire: '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--', fault: 'a part has no name' },
  { name: 'something behind a boundary', wire: '--bx\r\n\r\n', fault: 'a boundary is not followed by the end of its line' },
  { name: 'headers without end', wire: `--b\r\n${'x'.repeat(9_000)}`, fault: 'the headers of a part are too large' },
  { name: 'a field without end', wire: `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${'x'.repeat((1 << 20) + 100)}`, fault: 'the field a is too large' },
  { name: 'parts without end', wire: field('a', '').repeat(600), fault: 'there are more than 512 parts' },
])('refuses $name', ({ wire, fault }) => expect(scanned(cutBytes(Buffer.from(wire), [7, 100])).fault).toBe(fault));

it('takes any bytes without throwing', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom('--b', '\r\n', '--', '\r', 'Content-Disposition: form-data; name="a"', ' '), fc.string()), { maxLength: 30 }), (words) => {
    scanned(singleBytes(Buffer.from(words.join(''))));
  }), { numRuns: 300 });
});

describe('boundaryOf', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'], ['Multipart/Form-Data;charset=utf-8; Boundary="a b"', 'a b'], ['multipart/form-data; boundary=----WebKit_1', '----WebKit_1'],
    ['multipart/mixed; boundary=abc', undefined], ['multipart/form-data', undefined], [`multipart/form-data; boundary=${'x'.repeat(71)}`, undefined], ['application/json', undefined],
  ])('of %s is %s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary));
});
