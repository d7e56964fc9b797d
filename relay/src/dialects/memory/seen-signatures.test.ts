import { describe, expect, it } from 'vitest';
import { splice } from '../../framing/splice.ts';
import { foreignEdits, foreignParts } from './foreign-edits.ts';
import { seal } from './sealed-signature.ts';
import { SeenSignatures, signaturesIn } from './seen-signatures.ts';

const [ours, theirs] = ['a'.repeat(40), 'b'.repeat(40)], day = 24 * 3_600_000;

it.each([
  { name: 'of thoughts', bytes: `data: {"delta":{"type":"signature_delta","signature":"${ours}"}}\n\n`, is: [ours] },
  { name: 'of hidden thoughts', bytes: `{"type":"redacted_thinking","data":"${ours}"}`, is: [ours] },
  { name: 'of parts', bytes: `{"thoughtSignature" : "${ours}"},{"thoughtSignature":"${theirs}"}`, is: [ours, theirs] },
  { name: 'of items', bytes: `{"encrypted_content":"${ours}"}`, is: [ours] },
  { name: 'but none that are cut, short, or said', bytes: `{"signature":"short"} {"text":"\\"signature\\":\\"${ours}\\""} {"signature":"${ours}`, is: [] },
])('finds signatures $name', ({ bytes, is }) => expect(signaturesIn(Buffer.from(bytes)).map(({ value }) => value)).toEqual(is));

describe('the memory of who signed what', () => {
  const body = Buffer.from(`{"é":1,"m":[{"thinking":"x","signature":"${ours}"},{"type":"redacted_thinking","data":"${theirs}"}]}`);
  const at = (value: string): number => body.indexOf(value);

  it('knows values of other houses, and no others', () => {
    const seen = new SeenSignatures(() => 0);
    expect(seen.foreignTo('anthropic', body)).toEqual([]);
    seen.note('deepseek', [theirs]);
    expect(seen.foreignTo('anthropic', body)).toEqual([at(theirs)]);
    expect(seen.foreignTo('deepseek', body)).toEqual([]);
    seen.note('anthropic', [ours]);
    expect([seen.foreignTo('anthropic', body), seen.foreignTo('deepseek', body), seen.foreignTo('minimax', body)]).toEqual([[at(theirs)], [at(ours)], [at(ours), at(theirs)]]);
  });

  it('forgets after a day, and believes whoever made a value last', () => {
    let now = 0;
    const seen = new SeenSignatures(() => now);
    seen.note('deepseek', [ours, theirs]);
    now = day - 1;
    seen.note('anthropic', [ours]);
    expect(seen.foreignTo('anthropic', body)).toEqual([at(theirs)]);
    now = day;
    expect(seen.foreignTo('anthropic', body)).toEqual([]);
    expect(seen.foreignTo('minimax', body)).toEqual([at(ours)]);
  });
});

const sealedBy = (family: string): string => seal({ family, model: '', kind: 'text', value: 'S"1' });
describe('what leaves a body', () => {
  const edited = (json: string, values: readonly string[], edits: typeof foreignEdits, family?: string): string => {
    const bytes = Buffer.from(json);
    return splice(bytes, edits(bytes, values.map((value) => bytes.indexOf(value)), family)).toString();
  };

  it.each([
    { name: 'is the whole thought', family: 'openai', is: '{"m":[{"text":"t"}]}' },
    { name: 'is nothing but the seal where it goes home', family: 'anthropic', is: '{"m":[{"thinking":"x","signature":"S\\"1"},{"text":"t"}]}' },
    { name: 'is the whole thought where nobody says where it goes', family: undefined, is: '{"m":[{"text":"t"}]}' },
  ])('$name', ({ family, is }) => {
    const sealed = sealedBy('anthropic');
    expect(edited(`{"m":[{"thinking":"x","signature":"${sealed}"},{"text":"t"}]}`, [sealed], foreignEdits, family)).toBe(is);
  });

  it.each([
    { name: 'a thought goes', part: `{"text":"x","thought":true,"thoughtSignature":"${ours}"}`, is: '' },
    { name: 'a part that says nothing goes', part: `{"text":"","thoughtSignature":"${ours}"}`, is: '' },
    { name: 'a text stays without it', part: `{"text":"x","thoughtSignature":"${ours}"}`, is: '{"text":"x"}' },
    { name: 'a call stays under the value that stands for it', part: `{"thoughtSignature":"${ours}","functionCall":{"name":"f"}}`, is: '{"thoughtSignature":"skip_thought_signature_validator","functionCall":{"name":"f"}}' },
  ])('of gemini: $name', ({ part, is }) => {
    expect(edited(`{"contents":[{"parts":[${part}]}]}`, [ours], foreignParts)).toBe(`{"contents":[{"parts":[${is}]}]}`);
  });
});
