import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { estimateInput } from './input-estimate.ts';

const estimate = (body: unknown): number => estimateInput(Buffer.from(JSON.stringify(body)));
const asked = (content: unknown) => ({ model: 'gpt-4o', messages: [{ role: 'user', content }] });
const prose = 'The committee met again on Thursday, and after a long discussion it decided to postpone the vote until spring. ';

describe('estimateInput', () => {
  it.each([
    { name: 'a short question', text: 'What is the capital of Denmark?' },
    { name: 'a long text, which is sampled', text: prose.repeat(400) },
    { name: 'a long text of several scripts', text: `${prose.repeat(40)}${'人工智能正在改变我们的生活方式。'.repeat(200)}${prose.repeat(40)}` },
  ])('is about right for $name', ({ text }) => {
    const exact = countTokens(text) + 6;
    expect(estimate(asked(text)) / exact).toBeGreaterThan(0.66);
    expect(estimate(asked(text)) / exact).toBeLessThan(1.6);
  });

  it.each([
    { name: 'prose', text: `${prose}Nobody had expected it. ` },
    { name: 'Chinese', text: '人工智能正在改变我们的生活方式。许多公司已经开始使用大型语言模型来提高工作效率，但同时也带来了新的挑战。' },
    { name: 'code', text: 'if (input < 0) {\n    throw new Error("negative");\n  }\n  return round(input * ratio.model + usage.output * 1024);\n' },
    { name: 'JSON', text: '{"location": "San Francisco", "temperature": 58.25, "readings": [1, 2, 3, 44, 1024]}, ' },
  ])('stays within a third where samples stand for a text of any length: $name', ({ text }) => {
    for (let length = 300; length < 6_000; length += 171) {
      const cut = text.repeat(60).slice(0, length), exact = countTokens(cut) + 6;
      expect(Math.abs(estimate(asked(cut)) - exact) / exact).toBeLessThan(1 / 3);
    }
  });

  it('counts media by the piece and not by their bytes', () => {
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${'iVBORw0KGgo'.repeat(100_000)}` } };
    expect(estimate(asked([image]))).toBeLessThan(600);
    expect(estimate(asked([image, image]))).toBeGreaterThan(1000);
    expect(estimate(asked([{ type: 'image_url', image_url: { url: 'https://x.test/a.png' } }]))).toBeGreaterThan(500);
    const document = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0x'.repeat(1000) } };
    expect(estimate(asked([document]))).toBeLessThan(700);
  });

  it('counts overheads of messages and tools', () => {
    const one = estimate(asked('a'));
    expect(estimate({ ...asked('a'), messages: [...asked('a').messages, ...asked('a').messages] }) - one).toBe(4);
    expect(estimate({ ...asked('a'), tools: [{ type: 'function', function: { name: 'f', description: 'd' } }] }) - one).toBeGreaterThanOrEqual(8);
  });

  it('is zero for what is not JSON', () => expect(estimateInput(Buffer.from('{"a'))).toBe(0));
});
