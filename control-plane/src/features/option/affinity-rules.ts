/** The rules of channel affinity (semantics 3.8): which requests of one conversation should meet the same channel again. */
import { z } from 'zod';

const mostRules = 100, longest = 500;

const pattern = z.string().max(longest).refine((text) => { try { return Boolean(new RegExp(text)); } catch { return false; } }, 'is not a regular expression');
const patterns = z.array(pattern).max(50);

const source = z.object({
  type: z.enum(['gjson', 'request_header', 'context_int', 'context_string']),
  /** Of the JSON member, with dots. */
  path: z.string().max(longest).optional(),
  /** Of the header, or of what the relay knows: token_id, user_id, group. */
  key: z.string().max(longest).optional(),
});

export const affinityRules = z.array(z.object({
  name: z.string().min(1).max(100),
  model_regex: patterns.optional(),
  path_regex: patterns.optional(),
  user_agent_include: z.array(z.string().max(longest)).max(50).nullish(),
  key_sources: z.array(source).min(1).max(20),
  value_regex: z.union([z.literal(''), pattern]).optional(),
  ttl_seconds: z.int().min(0).max(30 * 86_400).optional(),
  skip_retry_on_failure: z.boolean().optional(),
  include_using_group: z.boolean().optional(),
  include_model_name: z.boolean().optional(),
  include_rule_name: z.boolean().optional(),
}).loose()).max(mostRules);

/** Provider caches of prompts stay warm for the two programs that people use most. */
export const usualAffinityRules = JSON.stringify([
  {
    name: 'responses', model_regex: ['^gpt-'], path_regex: ['/v1/responses'], key_sources: [{ type: 'gjson', path: 'prompt_cache_key' }],
    ttl_seconds: 0, skip_retry_on_failure: true, include_using_group: true, include_rule_name: true,
  },
  {
    name: 'messages', model_regex: ['^claude-'], path_regex: ['/v1/messages'], key_sources: [{ type: 'gjson', path: 'metadata.user_id' }],
    ttl_seconds: 0, skip_retry_on_failure: true, include_using_group: true, include_rule_name: true,
  },
]);
