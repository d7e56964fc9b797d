/** What an expression works with. Source of relay and control plane (docs/decisions/0016-expression-prices.md): it imports nothing. */

/** Null: absent. */
export type Value = number | string | boolean | null;

export const variables = ['p', 'c', 'len', 'cr', 'cc', 'cc1h', 'img', 'img_o', 'ai', 'ao'] as const;
export type Variable = (typeof variables)[number];

/** What is wrong, and at which character of the text, from 1. */
export interface Fault { at: number; say: string }

/** What of a request an expression looks at, taken once when the request is admitted. */
export interface RequestFacts {
  /** Epoch milliseconds. */
  at: number;
  params: Readonly<Record<string, Value>>;
  headers: Readonly<Record<string, string>>;
}

/** One evaluation. The first fault stays. */
export interface Scope {
  readonly counts: Readonly<Record<Variable, number>>;
  readonly facts: RequestFacts;
  tier: string | null;
  fault: Fault | undefined;
}

export type Term = (scope: Scope) => Value;

export function fail(scope: Scope, at: number, say: string): null {
  scope.fault ??= { at, say };
  return null;
}

/** A number, or NaN and a fault. */
export function numberOf(term: Term, scope: Scope, at: number): number {
  const value = term(scope);
  if (typeof value === 'number') return value;
  fail(scope, at, `needs a number, got ${value === null ? 'nothing' : typeof value}`);
  return Number.NaN;
}

/** What is absent is not so. */
export function truthOf(term: Term, scope: Scope, at: number): boolean {
  const value = term(scope);
  if (typeof value === 'boolean' || value === null) return value === true;
  fail(scope, at, `needs true or false, got a ${typeof value}`);
  return false;
}
