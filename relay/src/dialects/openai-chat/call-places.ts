/** To which call a fragment belongs (dialects 6.2): by its number, else its id, else its place in the list, else to the last one. */
import type { Json } from '../chat-event.ts';
import { isObject, parseJson } from '../json-member.ts';
import type { CustomArguments } from '../request/custom-tool.ts';

export interface Call {
  /** Undefined until its name is known: then it is announced, with what came before. */
  part: number | undefined;
  /** As the server gave it. */
  id: string | undefined;
  name: string;
  arguments: string;
  signature: string | undefined;
  /** Of a tool that takes free text. */
  readonly input: CustomArguments | undefined;
}

export interface Fragment { readonly index: Json | undefined; readonly position: number; readonly id: string | undefined; readonly name: string | undefined; readonly arguments: string }

export class CallPlaces {
  readonly all: Call[] = [];
  private readonly places = new Map<string, Call[]>();
  private last: Call | undefined;

  /** Undefined: it says once more what a call has said already, as some servers do. @param input of a tool that takes free text */
  callOf(fragment: Fragment, input: () => CustomArguments | undefined): Call | undefined {
    const { index, position, id, name } = fragment;
    if (typeof index !== 'number' && !id && !name && this.last) return this.last;
    const key = typeof index === 'number' ? `#${index}` : id ? `id:${id}` : `@${position}`, there = this.places.get(key) ?? [];
    const found = foundIn(there, fragment);
    if (found === 'said') return undefined;
    const call = found ?? { part: undefined, id: undefined, name: '', arguments: '', signature: undefined, input: input() };
    if (!found) { this.all.push(call); this.places.set(key, [...there, call]); }
    return this.last = call;
  }
}

/** Servers put several calls under one number: another id and a name, or a whole call behind a whole one, are another call. */
function foundIn(there: readonly Call[], { id, name, arguments: args }: Fragment): Call | 'said' | undefined {
  const latest = there.at(-1);
  if (!latest) return undefined;
  const own = id ? there.find((call) => call.id === id) ?? (latest.id === undefined || !name ? latest : undefined) : latest;
  if (!own) return undefined;
  const isOther = !id && name !== undefined && own.name !== '' && name !== own.name, now = wholeOf(args);
  // What was said before is looked at only where it may matter: it may be long.
  const before = isOther || now !== undefined ? wholeOf(own.arguments) : undefined;
  if (before === undefined) return own;
  return !isOther && (now === before || id || name === undefined) ? 'said' : undefined;
}

/** The arguments in one form, if they are whole. */
function wholeOf(args: string): string | undefined {
  const parsed = args.startsWith('{') ? parseJson(args) : undefined;
  return isObject(parsed) ? JSON.stringify(parsed) : undefined;
}
