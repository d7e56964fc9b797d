import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBytes } from '../../framing/cut-bytes.ts';
import { TextMeter } from './text-meter.ts';

const inJson = (text: string): Buffer => Buffer.from(JSON.stringify(text).slice(1, -1));

function metered(pieces: readonly Buffer[]): number {
  const meter = new TextMeter();
  for (const piece of pieces) meter.add(piece);
  return meter.tokens;
}

const samples = [
  { name: 'English', text: 'The quick brown fox jumps over the lazy dog, while several astonished onlookers wonder whether the afternoon performance will ever be repeated. Nobody expected such an extraordinary display of athleticism from a creature that, only yesterday, had refused to leave its den!' },
  { name: 'Chinese', text: '人工智能正在改变我们的生活方式。许多公司已经开始使用大型语言模型来提高工作效率，但同时也带来了新的挑战，例如数据隐私和成本控制。' },
  { name: 'German', text: 'Die Geschwindigkeitsbegrenzung auf den meisten Landstraßen beträgt hundert Kilometer pro Stunde; überschreitet man sie, drohen empfindliche Strafen und möglicherweise der Verlust der Fahrerlaubnis.' },
  { name: 'Japanese', text: '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。' },
  { name: 'Arabic', text: 'الذكاء الاصطناعي يغير حياتنا وقد بدأت العديد من الشركات في استخدام نماذج اللغة الكبيرة لتحسين الإنتاجية.' },
  { name: 'Russian', text: 'Искусственный интеллект меняет нашу жизнь, и многие компании уже начали использовать большие языковые модели, чтобы повысить производительность труда.' },
  { name: 'code', text: 'export function price(usage: Usage, ratio: Ratios): Quota {\n  const input = usage.input - usage.cacheRead;\n  if (input < 0) {\n    throw new Error("negative");\n  }\n  return round(input * ratio.model + usage.output * ratio.completion);\n}\n' },
  { name: 'JSON', text: '{"location": "San Francisco", "temperature": 58.25, "condition": "sunny", "readings": [1, 2, 3, 44, 1024]}' },
  { name: 'a list', text: '1. First item\n2. Second item\n3. Third **bold** item\n\n- [ ] todo: call +1 (555) 010-9999 at 10:45\n' },
];

describe('TextMeter', () => {
  it.each(samples)('is within a third of the tokenizer: $name', ({ text }) => {
    const exact = countTokens(text);
    const about = metered([inJson(text)]);
    expect(Math.abs(about - exact) / exact).toBeLessThan(1 / 3);
  });

  it('counts the same however an escape-free text is cut', () => {
    const bytes = Buffer.from(samples.map((sample) => sample.text.replace(/[\n"\\]/g, ' ')).join(' '));
    fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 20 }), (places) => {
      expect(metered(cutBytes(bytes, places))).toBe(metered([bytes]));
    }));
  });
});
