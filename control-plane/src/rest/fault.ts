/** What a request of the compatible API lacks, in its own names and in the caller's language: `请求参数错误: channel_id 须为整数`. */
import { GraphQLError } from 'graphql';
import type { Language } from '../kernel/context.ts';
import { say, type MessageCode } from '../kernel/words/messages.ts';
import type { RestBind } from './route.ts';

export interface Fault {
  field: string;
  reason: MessageCode;
  detail?: string | undefined;
  /** What the call is about is not in its body: told like a rule of the product. */
  isRule?: boolean;
}

export const sentence = ({ field, reason, detail }: Fault, language: Language): string =>
  [`${say('invalid_params', language)}:`, field, say(reason, language), detail].filter(Boolean).join(' ');

/** Where graphql-js found what: `Variable "$input" got invalid value 5 at "input.name"; …`. */
const misfit = /^Variable "\$(\w+)" .*?(?: at "([\w.[\]]+)")?; (.*)$/s;

const reasons: readonly [RegExp, MessageCode][] = [
  [/Field "\w+" of required type .* was not provided/, 'param_missing'],
  [/ to be non-nullable|got invalid value null|not to be null/, 'param_missing'],
  [/does not exist in .* enum|^Enum /, 'param_not_allowed'],
  [/secret must be text/i, 'param_secret'],
  [/^String cannot|must be text/i, 'param_text'],
  [/^(Int|Float) cannot/, 'param_number_size'],
];

/** The argument that does not fit, and why; undefined when the error is not about one. */
function misfitOf(error: GraphQLError): { place: string; reason: MessageCode } | undefined {
  const { argument, missing, code } = error.extensions;
  if (code === 'PAGINATION_TOO_DEEP') return { place: 'offset', reason: 'param_page_deep' };
  if (typeof argument === 'string') return { place: argument, reason: missing ? 'param_missing' : 'param_characters' };
  const absent = /^Variable "\$(\w+)" of (?:required|non-null) type /.exec(error.message)?.[1];
  if (absent !== undefined) return { place: absent, reason: 'param_missing' };
  const [, variable, inner, text] = misfit.exec(error.message) ?? [];
  if (variable === undefined || text === undefined) return undefined;
  const member = /^Field "(\w+)" of required type/.exec(text)?.[1];
  return { place: [inner ?? variable, member].filter(Boolean).join('.'), reason: reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'param_type' };
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const withoutPlace = (from: string): string => from.replace(/^(query|body|path)\./, '');

/** `input.baseUrl` is `base_url` for the caller: what was bound there, or else its last name. */
export function nameOf(place: string, binds: readonly RestBind[]): string {
  const from = place === 'offset' ? 'query.p' : sourceOf(place, binds);
  return from === undefined ? snake(withoutIndex(place).split('.').at(-1)!) : withoutPlace(from);
}

const withoutIndex = (place: string): string => place.replace(/\[\d+\]/g, '').replace(/\.\d+$/, '');

/** A member inside of what was bound is named by itself: `upstreams` is there, its `name` is not. */
function sourceOf(place: string, binds: readonly RestBind[]): string | undefined {
  const plain = withoutIndex(place);
  return binds.find(({ from, to }) => to === plain && /^(query|body|path)\./.test(from))?.from;
}

export function faultOf(error: GraphQLError, method: string, binds: readonly RestBind[]): Fault | undefined {
  const found = misfitOf(error);
  const isRule = found?.reason === 'param_missing' && method !== 'GET' && !sourceOf(found.place, binds)?.startsWith('query.');
  return found && { field: nameOf(found.place, binds), reason: found.reason, isRule };
}
