/** Whether an expression may be a price: it reads, and what it says of some usual requests can be charged (semantics 1.9). */
import { readExpression, type Counts } from './expression/expression.gen.ts';
import type { Fault, RequestFacts } from './expression/value.gen.ts';

const none: Counts = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, outputAudio: 0, outputImage: 0 };

/** Nothing, little, much, and every part. */
const samples: readonly Counts[] = [
  none, { ...none, input: 1 }, { ...none, input: 1_000, output: 500 }, { ...none, output: 1_000 }, { ...none, input: 10_000, cacheRead: 9_000, output: 10 },
  { ...none, input: 250_000, cacheRead: 50_000, output: 1_000 }, { ...none, input: 2_000_000, output: 200_000 },
  { input: 10_000, output: 5_000, cacheRead: 1_000, cacheWrite: 2_000, cacheWrite1h: 500, inputImage: 1_500, inputAudio: 700, outputAudio: 900, outputImage: 1_100 },
];

/** A request that says nothing, at four hours of a working day and of a Sunday in UTC. */
const moments: readonly RequestFacts[] = [Date.UTC(2026, 0, 7), Date.UTC(2026, 5, 14)].flatMap((day) =>
  [0, 6, 12, 18].map((hour) => ({ at: day + hour * 3_600_000, params: {}, headers: {} })));

/** Undefined: it may. A fault names the character of the text. */
export function expressionFault(text: string): Fault | undefined {
  const expression = readExpression(text);
  if ('say' in expression) return expression;
  for (const counts of samples) for (const facts of moments) {
    const result = expression.run(counts, facts);
    if ('say' in result) return { at: result.at, say: `${result.say} (for ${counts.input} tokens read and ${counts.output} written)` };
  }
  return undefined;
}

/** The fault in words. */
export const faultText = ({ at, say }: Fault): string => `at character ${at}: ${say}`;
