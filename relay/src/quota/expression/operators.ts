/** Signs between two terms: how closely they bind, and what they do. */
import { fail, numberOf, truthOf, type Scope, type Term, type Value } from './value.ts';

type Join = (left: Term, right: Term, at: number) => Term;

const arithmetic = (count: (one: number, other: number) => number): Join => (left, right, at) => (scope) => count(numberOf(left, scope, at), numberOf(right, scope, at));

const order = (holds: (one: number | string, other: number | string) => boolean): Join => (left, right, at) => (scope) => {
  const one = left(scope), other = right(scope);
  if (typeof one === 'number' && typeof other === 'number') return holds(one, other);
  if (typeof one === 'string' && typeof other === 'string') return holds(one, other);
  return fail(scope, at, 'compares two numbers or two texts');
};

const equality = (holds: (one: Value, other: Value) => boolean): Join => (left, right) => (scope) => holds(left(scope), right(scope));

const logic = (decide: (left: (scope: Scope) => boolean, right: (scope: Scope) => boolean, scope: Scope) => boolean): Join => (left, right, at) => (scope) =>
  decide((of) => truthOf(left, of, at), (of) => truthOf(right, of, at), scope);

export const operators: ReadonlyMap<string, { binds: number; join: Join }> = new Map([
  ['||', { binds: 1, join: logic((left, right, scope) => left(scope) || right(scope)) }],
  ['&&', { binds: 2, join: logic((left, right, scope) => left(scope) && right(scope)) }],
  ['==', { binds: 3, join: equality((one, other) => one === other) }],
  ['!=', { binds: 3, join: equality((one, other) => one !== other) }],
  ['<', { binds: 4, join: order((one, other) => one < other) }],
  ['<=', { binds: 4, join: order((one, other) => one <= other) }],
  ['>', { binds: 4, join: order((one, other) => one > other) }],
  ['>=', { binds: 4, join: order((one, other) => one >= other) }],
  ['+', { binds: 5, join: arithmetic((one, other) => one + other) }],
  ['-', { binds: 5, join: arithmetic((one, other) => one - other) }],
  ['*', { binds: 6, join: arithmetic((one, other) => one * other) }],
  ['/', { binds: 6, join: arithmetic((one, other) => one / other) }],
  ['%', { binds: 6, join: arithmetic((one, other) => one % other) }],
]);
