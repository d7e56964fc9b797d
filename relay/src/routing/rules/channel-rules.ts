/** What a channel does to its requests and answers (semantics 3.6), read once for as long as the channel stays as it is. */
import { isObject, parseJson, text } from '../../dialects/json-member.ts';
import type { Json, JsonObject } from '../../framing/json.ts';
import type { RelayChannelRules } from '../../gql/types.gen.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import type { UpstreamTimeouts } from '../../upstream/upstream.ts';
import { type HeaderOverride, readHeaderOverride } from './header-override.ts';
import { type ParamOverride, readParamOverride } from './override-form.ts';
import type { SystemPrompt } from './system-prompt.ts';

export interface ChannelRules {
  /** From what the upstream says to what counts. */
  readonly statuses: ReadonlyMap<number, number>;
  /** `invalid`: what is stored cannot be read. */
  readonly params: ParamOverride | 'invalid' | undefined;
  readonly headers: HeaderOverride | 'invalid' | undefined;
  readonly systemPrompt: SystemPrompt | undefined;
  /** The body goes upstream as it came, where both ends speak one dialect. */
  readonly passBody: boolean;
  /** Answers are written anew, in the form of the dialect and nothing beside it. */
  readonly forceFormat: boolean;
  /** Thoughts stand in the text, between tags. */
  readonly thinkingToContent: boolean;
  /** Milliseconds, where the channel has limits of its own. */
  readonly timeouts: Partial<UpstreamTimeouts>;
}

const known = new WeakMap<RelayChannelRules, ChannelRules>();

/** Undefined: requests pass as they are. */
export function rulesOf({ rules }: Pick<Channel, 'rules'>): ChannelRules | undefined {
  if (!rules) return undefined;
  let read = known.get(rules);
  if (!read) known.set(rules, read = readRules(rules));
  return read;
}

function readRules({ setting, statusCodeMapping, paramOverride, headerOverride }: RelayChannelRules): ChannelRules {
  const switches = objectOf(setting), prompt = text(switches['system_prompt'])?.trim();
  return {
    statuses: statusesOf(objectOf(statusCodeMapping)),
    params: paramOverride ? readParamOverride(paramOverride) ?? 'invalid' : undefined,
    headers: headerOverride ? readHeaderOverride(headerOverride) ?? 'invalid' : undefined,
    systemPrompt: prompt ? { text: prompt, override: switches['system_prompt_override'] === true } : undefined,
    passBody: switches['pass_through_body_enabled'] === true,
    forceFormat: switches['force_format'] === true,
    thinkingToContent: switches['thinking_to_content'] === true,
    timeouts: timeoutsOf(switches['timeouts']),
  };
}

function objectOf(source: string | null | undefined): JsonObject {
  const value = source ? parseJson(source) : undefined;
  return isObject(value) ? value : {};
}

const statusesOf = (mapping: JsonObject): ReadonlyMap<number, number> =>
  new Map(Object.entries(mapping).map(([from, to]): [number, number] => [Number(from), Number(to)]).filter(([from, to]) => from >= 100 && to >= 100 && to <= 599));

/** In seconds as operators write them: connect, first_byte, silence, total. */
function timeoutsOf(value: Json | undefined): Partial<UpstreamTimeouts> {
  const seconds = (name: string): number | undefined => {
    const given = isObject(value) ? value[name] : undefined;
    return typeof given === 'number' && given > 0 && given <= 86_400 ? given * 1_000 : undefined;
  };
  const limits = { connectMs: seconds('connect'), firstByteMs: seconds('first_byte'), silenceMs: seconds('silence'), totalMs: seconds('total') };
  return Object.fromEntries(Object.entries(limits).filter(([, ms]) => ms !== undefined));
}
