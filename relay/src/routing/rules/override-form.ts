/** What an operator writes as a parameter override, read once for each channel. */
import { z } from 'zod';
import type { Json, JsonObject } from '../../framing/json.ts';
import type { Condition } from './condition.ts';

export const modes = [
  'set', 'delete', 'move', 'copy', 'append', 'prepend', 'trim_prefix', 'trim_suffix', 'ensure_prefix', 'ensure_suffix', 'trim_space', 'to_lower', 'to_upper',
  'replace', 'regex_replace', 'return_error', 'prune_objects', 'set_header', 'delete_header', 'copy_header', 'move_header', 'pass_headers', 'sync_fields',
] as const;

export type Mode = (typeof modes)[number];

export interface Operation {
  readonly mode: Mode;
  readonly path: string;
  readonly value: Json;
  readonly keepOrigin: boolean;
  readonly from: string;
  readonly to: string;
  readonly conditions: readonly Condition[];
  readonly logic: 'OR' | 'AND';
}

/** Members to set, or steps. */
export type ParamOverride = { readonly members: JsonObject } | { readonly operations: readonly Operation[] };

const json = z.json() as z.ZodType<Json>;
const word = z.string().max(500);

const condition = z.object({
  path: word, mode: z.enum(['full', 'prefix', 'suffix', 'contains', 'gt', 'gte', 'lt', 'lte']).default('full'), value: json.default(null), invert: z.boolean().default(false),
  pass_missing_key: z.boolean().default(false),
}).transform(({ pass_missing_key: passMissing, ...of }): Condition => ({ ...of, passMissing }));

/** `{"model": "x"}` is short for a list of one comparison for each member. */
const conditions = z.union([
  z.array(condition).max(100),
  z.record(word, json).transform((short) => Object.entries(short).map(([path, value]): Condition => ({ path, mode: 'full', value, invert: false, passMissing: false }))),
]);
const logic = z.string().optional().transform((text): 'OR' | 'AND' => (text?.toUpperCase() === 'AND' ? 'AND' : 'OR'));

const operation = z.object({
  mode: z.enum(modes), path: word.default(''), value: json.default(null), keep_origin: z.boolean().default(false), from: word.default(''), to: word.default(''),
  conditions: conditions.default([]), logic,
}).transform(({ keep_origin: keepOrigin, ...of }): Operation => ({ ...of, keepOrigin }));

const stepwise = z.object({ operations: z.array(operation).max(500) });
const members = z.record(z.string(), json);

/** Undefined: the text is none. The control plane lets no such text pass. */
export function readParamOverride(text: string): ParamOverride | undefined {
  let value: unknown;
  try { value = JSON.parse(text); } catch { return undefined; }
  const steps = stepwise.safeParse(value);
  if (steps.success) return steps.data;
  const flat = members.safeParse(value);
  return flat.success && !Array.isArray(flat.data['operations']) ? { members: flat.data } : undefined;
}

/** Which objects `prune_objects` takes out. */
export interface Pruning { readonly conditions: readonly Condition[]; readonly logic: 'OR' | 'AND'; readonly recursive: boolean }

const pruning = z.object({ type: word.optional(), where: z.record(word, json).optional(), conditions: conditions.optional(), logic: z.string().default('AND'), recursive: z.boolean().default(true) });

/** A word stands for the `type` of the objects. Undefined: nothing is meant. */
export function readPruning(value: Json): Pruning | undefined {
  const { data } = pruning.safeParse(typeof value === 'string' ? { type: value } : value);
  if (!data) return undefined;
  const plain = (path: string, wanted: Json): Condition => ({ path, mode: 'full', value: wanted, invert: false, passMissing: false });
  const all = [...(data.type === undefined ? [] : [plain('type', data.type)]), ...Object.entries(data.where ?? {}).map(([path, wanted]) => plain(path, wanted)), ...(data.conditions ?? [])];
  return all.length > 0 ? { conditions: all, logic: data.logic.toUpperCase() === 'OR' ? 'OR' : 'AND', recursive: data.recursive } : undefined;
}

/** What `return_error` answers. */
export interface GivenError { readonly message: string; readonly status: number; readonly code: string | undefined; readonly type: string | undefined }

const error = z.object({ message: z.string().max(2_000).optional(), status_code: z.int().min(400).max(599).optional(), code: z.union([z.string(), z.number()]).optional(), type: z.string().optional() });

export function readGivenError(value: Json): GivenError {
  if (typeof value === 'string') return { message: value, status: 400, code: undefined, type: undefined };
  const data = error.safeParse(value).data ?? {};
  return { message: data.message ?? 'This request is not allowed here.', status: data.status_code ?? 400, code: data.code === undefined ? undefined : String(data.code), type: data.type };
}
