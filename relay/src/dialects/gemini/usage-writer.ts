import type { UsageTokens } from '../../gql/types.gen.ts';
import type { Json } from '../chat-event.ts';
import { wire } from '../json-member.ts';

/** Dialects 6.5. Thoughts stand beside the candidates, cached tokens inside the prompt. */
export const writeUsage = ({ input, output, reasoning, cacheRead, inputAudio, inputImage, outputAudio }: UsageTokens) => wire({
  promptTokenCount: input,
  cachedContentTokenCount: cacheRead || undefined,
  candidatesTokenCount: Math.max(0, output - reasoning),
  thoughtsTokenCount: reasoning || undefined,
  totalTokenCount: input + output,
  promptTokensDetails: details(input, { AUDIO: inputAudio, IMAGE: inputImage }),
  candidatesTokensDetails: details(output - reasoning, { AUDIO: outputAudio }),
});

/** What is nothing else is text; undefined: all of it is. */
function details(total: number, others: Readonly<Record<string, number>>): Json[] | undefined {
  const some = Object.entries(others).filter(([, count]) => count > 0), rest = some.reduce((left, [, count]) => left - count, total);
  if (!some.length) return undefined;
  return [...(rest > 0 ? [['TEXT', rest] as const] : []), ...some].map(([modality, tokenCount]) => ({ modality, tokenCount }));
}
