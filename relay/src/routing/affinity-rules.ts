/** The operator's rules of which requests belong together (semantics 3.8), read once for each version of them. */
import { z } from 'zod';
import { memberScan, type MemberScan } from '../framing/json-scan.ts';

const source = z.object({ type: z.enum(['gjson', 'request_header', 'context_int', 'context_string']), path: z.string().default(''), key: z.string().default('') });

const rule = z.object({
  name: z.string(), model_regex: z.array(z.string()).default([]), path_regex: z.array(z.string()).default([]), user_agent_include: z.array(z.string()).nullish(),
  key_sources: z.array(source), value_regex: z.string().default(''), ttl_seconds: z.number().default(0), skip_retry_on_failure: z.boolean().default(false),
  include_using_group: z.boolean().default(false), include_model_name: z.boolean().default(false), include_rule_name: z.boolean().default(false),
});

const form = z.object({
  switch_on_success: z.boolean(), keep_on_channel_disabled: z.boolean(), max_entries: z.number(), default_ttl_seconds: z.number(), rules: z.array(rule),
});

export interface KeySource extends z.output<typeof source> { readonly scan: MemberScan }

export interface AffinityRule extends Omit<z.output<typeof rule>, 'key_sources'> {
  readonly models: readonly RegExp[];
  readonly paths: readonly RegExp[];
  readonly value: RegExp | undefined;
  readonly sources: readonly KeySource[];
}

export interface AffinityRules {
  readonly switchOnSuccess: boolean;
  readonly keepDisabled: boolean;
  readonly mostEntries: number;
  readonly seconds: number;
  readonly rules: readonly AffinityRule[];
}

let known: { text: string; rules: AffinityRules | undefined } | undefined;

/** Undefined: nothing belongs together. */
export function affinityRules(text: string | null | undefined): AffinityRules | undefined {
  if (!text) return undefined;
  if (known?.text !== text) known = { text, rules: read(text) };
  return known.rules;
}

function read(text: string): AffinityRules | undefined {
  try {
    const { data } = form.safeParse(JSON.parse(text));
    return data && { switchOnSuccess: data.switch_on_success, keepDisabled: data.keep_on_channel_disabled, mostEntries: data.max_entries, seconds: data.default_ttl_seconds, rules: data.rules.map(ready) };
  } catch {
    return undefined;                                    // an expression that cannot be read: the control plane lets none pass
  }
}

const ready = ({ key_sources: sources, ...of }: z.output<typeof rule>): AffinityRule => ({
  ...of, models: of.model_regex.map((one) => new RegExp(one)), paths: of.path_regex.map((one) => new RegExp(one)), value: of.value_regex ? new RegExp(of.value_regex) : undefined,
  sources: sources.map((one) => ({ ...one, scan: memberScan([one.path.split('.', 1)[0] ?? '']) })),
});
