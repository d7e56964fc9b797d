/**
 * The forms of what a channel does to its requests (semantics 3.6): overrides of parameters and of headers, and the mapping of statuses.
 * Relays read the same forms (relay/src/routing/rules): what is refused here never reaches them.
 */
import { z } from 'zod';
import { switchForm } from './switch-form.ts';
import { isProxy } from '../proxy/channel-proxy.ts';

const modes = [
  'set', 'delete', 'move', 'copy', 'append', 'prepend', 'trim_prefix', 'trim_suffix', 'ensure_prefix', 'ensure_suffix', 'trim_space', 'to_lower', 'to_upper',
  'replace', 'regex_replace', 'return_error', 'prune_objects', 'set_header', 'delete_header', 'copy_header', 'move_header', 'pass_headers', 'sync_fields',
] as const;

const word = z.string().max(500);
const isExpression = (text: string): boolean => { try { return Boolean(new RegExp(text)); } catch { return false; } };

const condition = z.object({
  path: word, mode: z.enum(['full', 'prefix', 'suffix', 'contains', 'gt', 'gte', 'lt', 'lte']).optional(), value: z.json().optional(), invert: z.boolean().optional(),
  pass_missing_key: z.boolean().optional(),
});

const operation = z.object({
  mode: z.enum(modes), path: word.optional(), value: z.json().optional(), keep_origin: z.boolean().optional(), from: word.optional(), to: word.optional(),
  conditions: z.union([z.array(condition).max(100), z.record(word, z.json())]).optional(), logic: z.string().regex(/^(and|or)$/i).optional(),
}).refine(({ mode, from }) => mode !== 'regex_replace' || (from !== undefined && isExpression(from)), 'from is not a regular expression');

/** Members to set, or `operations`. */
export const paramOverrideForm = z.union([z.object({ operations: z.array(operation).max(500) }), z.record(z.string(), z.json()).refine((members) => !Array.isArray(members['operations']))]);

/** Header names, `*`, `re:` and an expression; texts as values. */
export const headerOverrideForm = z.record(
  z.string().max(200).refine((name) => name === '*' || (/^(re|regex):/.test(name) ? isExpression(name.replace(/^(re|regex):/, '')) : /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))),
  z.union([z.string().max(4_000).regex(/^[\x20-\x7e]*$/), z.number(), z.boolean(), z.null()]),
);

const status = z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]\d\d$/)]);

export const statusMappingForm = z.record(z.string().regex(/^[1-5]\d\d$/), status);

const seconds = z.number().min(0.1).max(86_400).optional();

/** `setting`: what relays do with every request of the channel. */
export const settingForm = z.object({
  proxy: z.string().max(2_048).refine((text) => text.trim() === '' || isProxy(text.trim())).nullish(),
  system_prompt: z.string().max(100_000).nullish(), system_prompt_override: z.boolean().nullish(), force_format: z.boolean().nullish(), thinking_to_content: z.boolean().nullish(),
  ...switchForm.shape, pass_through_body_enabled: z.boolean().nullish(), timeouts: z.strictObject({ connect: seconds, first_byte: seconds, silence: seconds, total: seconds }).nullish(),
}).loose();
