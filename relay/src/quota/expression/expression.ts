/** The price of a request as an expression (semantics 1.9): read once, evaluated at hold and at settlement. */
import { Parser } from './parser.ts';
import { tokensOf } from './tokens.ts';
import { numberOf, truthOf, type Fault, type RequestFacts, type Scope, type Term, type Variable } from './value.ts';

export const longestExpression = 4_096;

/** What one evaluation counts; parts are in `input` and `output` too. */
export interface Counts {
  input: number; output: number; cacheRead: number; cacheWrite: number; cacheWrite1h: number; inputImage: number; inputAudio: number; outputAudio: number;
  /** Absent in records from before it was counted. */
  outputImage?: number | null;
}

/** The price of one request in millionths of a millionth of a US dollar, and the tier that gave it. */
export interface Priced { value: number; tier: string | null }

export interface Expression {
  /** Members of the request, and headers in lower case, that it looks at. */
  readonly params: readonly string[];
  readonly headers: readonly string[];
  /** A fault for what is no number, negative, or more than can be counted exactly. */
  run(counts: Counts, facts: RequestFacts): Priced | Fault;
}

const version = /^\s*v1:/;

/** Reads `v1: price ||| when(condition) * factor ||| …`; every rule whose condition holds multiplies the price. */
export function readExpression(text: string): Expression | Fault {
  if (text.length > longestExpression) return { at: longestExpression + 1, say: `is longer than ${longestExpression} characters` };
  const tokens = tokensOf(text.replace(version, (prefix) => ' '.repeat(prefix.length)));
  if ('say' in tokens) return tokens;
  const parser = new Parser(tokens), price = parser.expression(), rules: Term[] = [];
  while (parser.takes('|||')) rules.push(ruleOf(parser));
  if (parser.next.kind !== 'end') parser.refuse(parser.next.at, `${parser.next.text} does not belong here`);
  if (parser.fault) return parser.fault;
  const total: Term = (scope) => rules.reduce((product, rule) => product * numberOf(rule, scope, 1), numberOf(price, scope, 1));
  const { mentions, wishes } = parser;
  return { params: [...wishes.params], headers: [...wishes.headers], run: (counts, facts) => evaluated(total, { counts: shares(counts, mentions), facts, tier: null, fault: undefined }) };
}

function ruleOf(parser: Parser): Term {
  const { at, text } = parser.next;
  if (text !== 'when') return parser.refuse(at, 'a rule begins with when(');
  parser.skip();
  parser.expects('(');
  const condition = parser.expression();
  parser.expects(')');
  parser.expects('*');
  const factor = parser.binary(6), place = parser.next.at;
  return (scope) => (truthOf(condition, scope, at) ? numberOf(factor, scope, place) : 1);
}

function evaluated(total: Term, scope: Scope): Priced | Fault {
  const result = numberOf(total, scope, 1);
  if (scope.fault) return scope.fault;
  const value = Math.round(result * 1e6);
  if (result < 0) return { at: 1, say: 'gives a negative price' };
  return Number.isSafeInteger(value) ? { value: value === 0 ? 0 : value, tier: scope.tier } : { at: 1, say: 'gives no price that can be counted' };
}

/** A part leaves `p` or `c` only where the expression has a price for it; `len` is everything that was read. */
function shares(of: Counts, mentions: ReadonlySet<Variable>): Record<Variable, number> {
  const own = (name: Variable, count: number): number => (mentions.has(name) ? count : 0);
  const { cacheRead: cr, cacheWrite: cc, cacheWrite1h: cc1h, inputImage: img, inputAudio: ai, outputAudio: ao } = of, img_o = of.outputImage ?? 0;
  const parts = own('cr', cr) + own('cc', cc) + own('cc1h', cc1h) + own('img', img) + own('ai', ai);
  return { p: Math.max(0, of.input - parts), c: Math.max(0, of.output - own('ao', ao) - own('img_o', img_o)), len: of.input, cr, cc, cc1h, img, img_o, ai, ao };
}
