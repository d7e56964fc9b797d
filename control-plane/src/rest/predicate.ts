/** The `when` of a route, for the few paths that several fields share: `body.action == 'enable'`, `query.status_only`, `!body.channel`. */

export interface PredicateInput { query: ReadonlyMap<string, string>; body: unknown }
export type Predicate = (input: PredicateInput) => boolean;

const grammar = /^(!?)(query|body)\.([\w]+)(?:\s*(==|!=|in|not in)\s*(.+))?$/;
const quoted = /'([^']*)'/g;

function valueOf(input: PredicateInput, from: string, name: string): unknown {
  // `?status_only=` asks for nothing.
  if (from === 'query') return input.query.get(name) || undefined;
  const { body } = input;
  return body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[name] : undefined;
}

/** Throws on text outside the grammar: a mistake in a directive must not survive the start of the server. */
export function readPredicate(text: string): Predicate {
  const match = grammar.exec(text.trim());
  if (!match) throw new Error(`Cannot read the predicate "${text}"`);
  const [, not, from, name, operator, right] = match;
  if (not && operator) throw new Error(`The predicate "${text}" compares and negates`);
  const values = [...(right ?? '').matchAll(quoted)].map((found) => found[1]!);
  if (operator && !values.length) throw new Error(`The predicate "${text}" compares with no quoted text`);
  if (!operator) return (input) => (valueOf(input, from!, name!) !== undefined) === !not;
  const wanted = operator === '==' || operator === 'in';
  return (input) => {
    const value = valueOf(input, from!, name!);
    return (typeof value === 'string' && values.includes(value)) === wanted;
  };
}
