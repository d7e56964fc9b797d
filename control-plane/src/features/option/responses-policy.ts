/** `global.chat_completions_to_responses_policy`, as compatible consoles write it: channels by number or type, models by expression. */
import { z } from 'zod';

const isExpression = (text: string): boolean => { try { return Boolean(new RegExp(text)); } catch { return false; } };
const numbers = z.array(z.int().min(0).max(2 ** 31 - 1)).max(10_000).nullish().transform((list) => list ?? []);

/** Members beside these are kept and say nothing. */
export const policyForm = z.object({
  enabled: z.boolean().default(false),
  all_channels: z.boolean().default(true),
  channel_ids: numbers,
  channel_types: numbers,
  model_patterns: z.array(z.string().min(1).max(500).refine(isExpression, 'is not a regular expression')).max(1_000).nullish().transform((list) => list ?? []),
}).loose();
