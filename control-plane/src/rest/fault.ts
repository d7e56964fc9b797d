/** What a request of the compatible API lacks, in its own names and in the caller's language: `请求参数错误: channel_id 须为整数`. */
import { GraphQLError } from 'graphql';
import type { Language } from '../kernel/context.ts';
import { say, type MessageCode } from '../kernel/words/messages.ts';
import type { RestBind } from './route.ts';

export interface Fault { field: string; reason: MessageCode; detail?: string }

export const sentence = ({ field, reason, detail }: Fault, language: Language): string =>
  [`${say('invalid_params', language)}:`, field, say(reason, language), detail].filter(Boolean).join(' ');

/** Where graphql-js found what: `Variable "$input" got invalid value 5 at "input.name"; …`. */
const misfit = /^Variable "\$(\w+)" .*?(?: at "([\w.[\]]+)")?; (.*)$/s;

const reasons: readonly [RegExp, MessageCode][] = [
  [/Field "\w+" of required type .* was not provided/, 'param_missing'],
  [/ to be non-nullable|got invalid value null|not to be null/, 'param_missing'],
  [/does not exist in .* enum|^Enum /, 'param_not_allowed'],
  [/^String cannot|must be text|secret must be/i, 'param_text'],
  [/^(Int|Float) cannot/, 'param_number_size'],
];

/** The argument that does not fit, and why; undefined when the error is not about one. */
function misfitOf(error: GraphQLError): { place: string; reason: MessageCode } | undefined {
  if (typeof error.extensions.argument === 'string') return { place: error.extensions.argument, reason: 'param_characters' };
  const [, variable, inner, text] = misfit.exec(error.message) ?? [];
  if (variable === undefined || text === undefined) return undefined;
  const member = /^Field "(\w+)" of required type/.exec(text)?.[1];
  return { place: [inner ?? variable, member].filter(Boolean).join('.'), reason: reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'param_type' };
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const withoutPlace = (from: string): string => from.replace(/^(query|body|path)\./, '');

/** `input.baseUrl` is `base_url` for the caller: what was bound there, or else its last name. */
export function nameOf(place: string, binds: readonly RestBind[]): string {
  const plain = place.replace(/\[\d+\]/g, '').replace(/\.\d+$/, '');
  const bound = binds.filter(({ from }) => /^(query|body|path)\./.test(from)).find(({ to }) => to === plain || plain.startsWith(`${to}.`));
  return bound ? withoutPlace(bound.from) : snake(plain.split('.').at(-1)!);
}

export function faultOf(error: GraphQLError, binds: readonly RestBind[]): Fault | undefined {
  const found = misfitOf(error);
  return found && { field: nameOf(found.place, binds), reason: found.reason };
}
