import type { UsageTokens } from '../../gql/types.gen.ts';
import { wire } from '../json-member.ts';

/** Dialects 6.5. Thoughts stand beside the candidates, cached tokens inside the prompt. */
export const writeUsage = ({ input, output, reasoning, cacheRead }: UsageTokens) => wire({
  promptTokenCount: input,
  cachedContentTokenCount: cacheRead || undefined,
  candidatesTokenCount: Math.max(0, output - reasoning),
  thoughtsTokenCount: reasoning || undefined,
  totalTokenCount: input + output,
});
