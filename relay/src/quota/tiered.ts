/** A price that is an expression (semantics 1.9): fixed for a request when it is admitted, evaluated again with what was used. */
import type { FrozenExpression, RelayExpression, UsageTokens } from '../gql/types.gen.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { Failure } from '../failure/failure.ts';
import { readExpression, type Expression, type Priced } from './expression/expression.ts';
import type { Fault, RequestFacts, Value } from './expression/value.ts';
import type { Json } from '../framing/json.ts';

/** What a charge needs of an expression; all of it outlives a crash in the spool. */
export interface FrozenRule {
  readonly text: string;
  readonly sha256: string;
  readonly facts: RequestFacts;
  /** What the estimate costs, and so what a failing evaluation at the end costs. */
  readonly held: Priced;
}

/** What an expression may look at. The body is parsed only for one that does. */
export interface AskedRequest {
  readonly startedAt: number;
  readonly body: Buffer;
  readonly headers: ReadonlyMap<string, string>;
}

const mostRead = 1_000, longestText = 1_024;
const read = new Map<string, Expression | Fault>();

/** Reads a text once. */
export function expressionOf(text: string): Expression | Fault {
  const known = read.get(text);
  if (known) return known;
  if (read.size >= mostRead) read.clear();
  const made = readExpression(text);
  read.set(text, made);
  return made;
}

/**
 * @param output the limit of output tokens that the client set; 0: none
 * @returns a Failure when the expression cannot be read or has no price for this request
 */
export function freezeRule({ text, sha256 }: RelayExpression, asked: AskedRequest, input: number, output: number): FrozenRule | Failure {
  const expression = expressionOf(text);
  if ('say' in expression) return unpriced(expression);
  const facts = factsOf(expression, asked), held = expression.run({ ...noTokens, input, output }, facts);
  return 'say' in held ? unpriced(held) : { text, sha256, facts, held };
}

/** What the tokens cost, in millionths of a millionth of a US dollar; what was held where the expression fails. */
export function ruledPrice({ text, sha256, facts, held }: FrozenRule, tokens: UsageTokens): { name: 'expression' | 'hold'; value: number; frozen: FrozenExpression } {
  const expression = expressionOf(text), result = 'say' in expression ? expression : expression.run(tokens, facts);
  const { value, tier } = 'say' in result ? held : result;
  return { name: 'say' in result ? 'hold' : 'expression', value, frozen: { text, sha256, tier } };
}

const unpriced = ({ at, say }: Fault): Failure =>
  new Failure('model_price_error', { say: `The price of this model cannot be computed for this request: at character ${at} of its expression: ${say}. Ask the operator to mend it.`, param: 'model' });

function factsOf({ params, headers }: Expression, { startedAt, body, headers: sent }: AskedRequest): RequestFacts {
  const root = params.length ? parsed(body) : null;
  return {
    at: startedAt,
    params: Object.fromEntries(params.map((path) => [path, valueAt(root, path)])),
    headers: Object.fromEntries(headers.flatMap((name) => { const value = sent.get(name); return value === undefined ? [] : [[name, value.slice(0, longestText)]]; })),
  };
}

/** A form, or what passes without being understood, has nothing to look at. */
function parsed(body: Buffer): Json {
  try { return JSON.parse(body.toString()) as Json; } catch { return null; }
}

/** Kept with the request, so texts are cut; a list or an object counts as true, an empty one as absent. */
function valueAt(root: Json, path: string): Value {
  let at: Json | undefined = root;
  for (const name of path.split('.')) at = typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as { [member: string]: Json })[name] : undefined;
  if (typeof at === 'string') return at.slice(0, longestText);
  if (typeof at === 'object' && at !== null) return Object.keys(at).length > 0 ? true : null;
  return at ?? null;
}
