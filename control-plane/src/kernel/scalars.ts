/** Scalars of the contract (graphql-design 9). Integers beyond 32 bits travel as text, so no reader can round them. */
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const largest = BigInt(Number.MAX_SAFE_INTEGER);

function readInteger(name: string, value: unknown): bigint {
  const fits = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value)) || (typeof value === 'string' && /^-?\d{1,16}$/.test(value));
  if (!fits) throw new GraphQLError(`${name} must be a whole number, given as text or as an integer below 2^53`);
  const integer = BigInt(value as string | number | bigint);
  if (integer > largest || integer < -largest) throw new GraphQLError(`${name} is outside ±(2^53 − 1)`);
  return integer;
}

function literal(node: ValueNode): unknown {
  return node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined;
}

function integerScalar(name: string, description: string): GraphQLScalarType<bigint, string> {
  return new GraphQLScalarType({
    name, description,
    serialize: (value) => readInteger(name, value).toString(),
    parseValue: (value) => readInteger(name, value),
    parseLiteral: (node) => readInteger(name, literal(node)),
  });
}

export const Int64 = integerScalar('Int64', '64-bit signed integer, written as text; text or a safe integer is accepted.');
export const Quota = integerScalar('Quota', 'Quota units (500,000 to the US dollar unless the instance says otherwise), a whole number written as text.');

function readDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,18}(\.\d{1,18})?$/.test(text)) {
    throw new GraphQLError('Decimal must be a plain number such as "1.25", without exponent, with at most 18 places');
  }
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'Exact decimal, written as text, without exponent.',
  serialize: readDecimal,
  parseValue: readDecimal,
  parseLiteral: (node) => readDecimal(node.kind === Kind.FLOAT ? node.value : literal(node)),
});

/** Only given out here: every use says what stands in it. */
export const Json = new GraphQLScalarType<unknown, unknown>({ name: 'JSON', description: 'Any JSON value.' });

function safeNumber(name: string) {
  return (value: unknown): number => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new GraphQLError(`${name} must be an integer below 2^53`);
    return value;
  };
}

/** Only on the wire between control plane and relay, where both ends are ours and speed counts. */
function wireNumber(name: string, description: string): GraphQLScalarType<number, number> {
  return new GraphQLScalarType({ name, description, serialize: safeNumber(name), parseValue: safeNumber(name) });
}

export const EpochMs = wireNumber('EpochMs', 'Milliseconds since 1970-01-01 UTC, as a JSON number. Relay wire only.');
export const Millionths = wireNumber('Millionths', 'A ratio or a price in integer millionths (1000000 is 1), as a JSON number. Relay wire only.');

/** Given in, never given out: a resolver that returned one would fail here. */
export const Secret = new GraphQLScalarType<string, never>({
  name: 'Secret',
  description: 'Write-only text. It never appears in an answer, a log or an error.',
  serialize: () => { throw new GraphQLError('A secret cannot be read'); },
  parseValue: (value) => {
    if (typeof value !== 'string' || value.length > 16_384) throw new GraphQLError('A secret must be text of at most 16,384 characters');
    return value;
  },
});
