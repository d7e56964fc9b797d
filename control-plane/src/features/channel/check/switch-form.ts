/** How requests of a channel are put into other words (dialects 3 to 5, 10). Relays read the same (relay/src/providers/parts/switches.ts). */
import { z } from 'zod';

const onOff = z.union([z.boolean(), z.enum(['on', 'off'])]).nullish();
const flag = z.boolean().optional();

/** What a model can do, where the operator knows better. */
const capabilities = z.strictObject({
  stream_usage: z.enum(['asked', 'always', 'never']).optional(), tools: flag, forced_tool: z.enum(['any', 'required', 'named', 'none']).optional(), one_call: flag,
  json_schema: z.enum(['native', 'object', 'words']).optional(), images: z.enum(['any', 'bytes', 'none']).optional(), documents: flag, audio: flag,
  several_answers: flag, stream_only: flag, think_tags: flag, system: z.enum(['anywhere', 'first']).optional(),
});

export const switchForm = z.object({
  loss: z.enum(['usual', 'strict', 'lenient']).nullish(), unknown: z.enum(['drop', 'reject']).nullish(), echo_model: z.enum(['requested', 'upstream']).nullish(),
  repair: onOff, name_prefix: onOff, reasoning_member: onOff, auto_cache: onOff, map_web_search: onOff, typed_tools: onOff,
  capabilities: z.record(z.string().min(1).max(255), capabilities).nullish(),
}).loose();
