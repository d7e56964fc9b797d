/**
 * What a given usage costs at a price: the sums of the relay (relay/src/quota), done again here so that an operator can ask
 * before anybody pays. Both are held to the worked examples of semantics 1.6.
 */
import { readExpression } from '../price/expression/expression.gen.ts';
import { RelayPriceMode, type RelayPrice } from '../relay-link/wire/snapshot.ts';
import type { FrozenPrice } from '../relay-link/wire/usage.ts';

/** Model tokens; `input` and `output` count their parts too. */
export interface AskedUsage {
  input: number; output: number; cacheRead: number; cacheWrite: number; cacheWrite1h: number; inputImage: number; inputAudio: number; outputAudio: number; outputImage: number;
}

const one = 1_000_000, million = 1_000_000n;

const product = (a: number, b: number): number => Number((BigInt(a) * BigInt(b) + million / 2n) / million);

/** With both unset, audio that a model writes costs what its text does (semantics 1.7). */
const audioOutput = ({ audioRatio, audioCompletionRatio, completionRatio }: RelayPrice): number =>
  (audioRatio === one && audioCompletionRatio === one ? completionRatio : product(audioRatio, audioCompletionRatio));

type Line = FrozenPrice['lines'][number];

function tokenLines(price: RelayPrice, usage: AskedUsage): Line[] {
  if (usage.input === 0 && usage.output === 0) return [];
  const parts: Line[] = [
    { name: 'cache_read', tokens: usage.cacheRead, ratio: price.cacheReadRatio }, { name: 'cache_write', tokens: usage.cacheWrite, ratio: price.cacheWriteRatio },
    { name: 'cache_write_1h', tokens: usage.cacheWrite1h, ratio: price.cacheWrite1hRatio }, { name: 'input_image', tokens: usage.inputImage, ratio: price.imageRatio },
    { name: 'input_audio', tokens: usage.inputAudio, ratio: price.audioRatio },
  ];
  const counted = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  const lines = [
    ...parts, { name: 'input', tokens: Math.max(0, usage.input - counted), ratio: one }, { name: 'output_audio', tokens: usage.outputAudio, ratio: audioOutput(price) },
    { name: 'output', tokens: Math.max(0, usage.output - usage.outputAudio), ratio: price.completionRatio },
  ];
  return lines.filter(({ tokens }) => tokens > 0);
}

export interface Terms { groupRatio: number; quotaPerUnit: number; calls: number; at: number }

/** What the expression says of a request that says nothing else; undefined where it has no price for it. */
function ruled({ text, sha256 }: NonNullable<RelayPrice['expression']>, usage: AskedUsage, at: number): Pick<FrozenPrice, 'lines' | 'expression'> | undefined {
  const expression = readExpression(text), result = 'say' in expression ? expression : expression.run(usage, { at, params: {}, headers: {} });
  return 'say' in result ? undefined : { lines: [{ name: 'expression', tokens: 1, ratio: result.value }], expression: { text, sha256, tier: result.tier } };
}

/** The price as a charge would keep it; undefined where an expression has none for this usage. */
export function reckon(price: RelayPrice, usage: AskedUsage, { groupRatio, quotaPerUnit, calls, at }: Terms): FrozenPrice | undefined {
  const { version, mode, modelRatio, callPrice } = price;
  if (price.expression) {
    const rule = ruled(price.expression, usage, at);
    return rule && { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, ...rule };
  }
  const lines = mode === RelayPriceMode.PER_CALL ? [{ name: 'call', tokens: calls, ratio: callPrice }] : tokenLines(price, usage);
  return { version, mode, modelRatio, groupRatio, callPrice, quotaPerUnit, lines };
}

/** Quota units, rounded once, half away from zero; at least 1 where there is anything to pay. */
export function amountOf({ lines, mode, groupRatio, quotaPerUnit, modelRatio }: FrozenPrice): bigint {
  const weight = lines.reduce((sum, { tokens, ratio }) => sum + BigInt(tokens) * BigInt(ratio), 0n) * BigInt(groupRatio);
  const [numerator, denominator] = mode === RelayPriceMode.PER_CALL ? [weight * BigInt(quotaPerUnit), million ** 2n] : [weight * BigInt(modelRatio), million ** 3n];
  if (mode === RelayPriceMode.TIERED) return (weight * BigInt(quotaPerUnit) + million ** 3n / 2n) / million ** 3n;
  if (numerator <= 0n) return 0n;
  const rounded = (numerator + denominator / 2n) / denominator;
  return rounded > 0n ? rounded : 1n;
}
