/** What may be called in an expression. */
import { clockParts, isTimeZone, type ClockPart } from './time.ts';
import { numberOf, type Fault, type Term } from './value.ts';

/** An argument; `text` where it is a text that stands there word for word. */
export interface Argument { term: Term; text: string | undefined; at: number }

/** What an expression wants to know of a request. */
export interface Wishes { params: Set<string>; headers: Set<string> }

type Make = (given: readonly Argument[], at: number, wishes: Wishes) => Term | Fault;

/** They would be kept with the request. */
const secret = /^(?:authorization|proxy-authorization|cookie|sec-websocket-protocol|.*(?:key|token|secret).*)$/;
const longestName = 200;
/** What is read of a request is kept with it. */
const mostNames = 16;

const numbers = (least: number, most: number, count: (values: number[]) => number): Make => (given, at) =>
  (given.length < least || given.length > most ? { at, say: `takes ${least === most ? least : `at least ${least}`} numbers` }
    : (scope) => count(given.map((one) => numberOf(one.term, scope, one.at))));

function oneName(given: readonly Argument[], at: number): { name: string } | Fault {
  const [only] = given, name = only?.text;
  if (given.length !== 1 || !name) return { at: only?.at ?? at, say: 'takes one text in quotes' };
  return name.length > longestName ? { at: only.at, say: `takes at most ${longestName} characters` } : { name };
}

const param: Make = (given, at, { params }) => {
  const read = oneName(given, at);
  if ('say' in read) return read;
  params.add(read.name);
  if (params.size > mostNames) return { at, say: `is asked for more than ${mostNames} members` };
  return ({ facts }) => (Object.hasOwn(facts.params, read.name) ? facts.params[read.name]! : null);
};

const header: Make = (given, at, { headers }) => {
  const read = oneName(given, at);
  if ('say' in read) return read;
  const name = read.name.toLowerCase();
  if (secret.test(name)) return { at: given[0]?.at ?? at, say: 'names a header that may hold a secret' };
  headers.add(name);
  if (headers.size > mostNames) return { at, say: `is asked for more than ${mostNames} headers` };
  return ({ facts }) => (Object.hasOwn(facts.headers, name) ? facts.headers[name]! : null);
};

const has: Make = ([only, ...more], at) => {
  if (!only || more.length) return { at, say: 'takes one argument' };
  return (scope) => { const value = only.term(scope); return value !== null && value !== ''; };
};

const tier: Make = ([name, value, ...more], at) => {
  if (!name?.text || !value || more.length) return { at, say: 'takes a name in quotes and a number' };
  if (name.text.length > longestName) return { at: name.at, say: `takes at most ${longestName} characters` };
  const { text } = name;
  return (scope) => {
    const result = numberOf(value.term, scope, value.at);
    scope.tier = text;
    return result;
  };
};

const clock = (part: ClockPart): Make => (given, at) => {
  const read = given.length ? oneName(given, at) : { name: 'UTC' };
  if ('say' in read) return read;
  return isTimeZone(read.name) ? ({ facts }) => clockParts(facts.at, read.name)[part] : { at: given[0]?.at ?? at, say: 'is no time zone' };
};

export const functions: ReadonlyMap<string, Make> = new Map([
  ['tier', tier], ['param', param], ['header', header], ['has', has],
  ['hour', clock('hour')], ['minute', clock('minute')], ['weekday', clock('weekday')], ['month', clock('month')], ['day', clock('day')],
  ['max', numbers(1, Infinity, (values) => Math.max(...values))], ['min', numbers(1, Infinity, (values) => Math.min(...values))],
  ['abs', numbers(1, 1, ([value]) => Math.abs(value!))], ['ceil', numbers(1, 1, ([value]) => Math.ceil(value!))], ['floor', numbers(1, 1, ([value]) => Math.floor(value!))],
]);
