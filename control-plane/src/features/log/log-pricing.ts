/** How a charge adds up, from the price that was frozen when the request was admitted. Exact: nothing here is rounded. */
import { Field, Int, ObjectType } from 'type-graphql';
import { decimalText, fromMillionths } from '../../kernel/millionths.ts';
import { Decimal, Quota } from '../../kernel/scalars.ts';
import { RelayPriceMode } from '../relay-link/wire/snapshot.ts';
import type { FrozenPrice } from '../relay-link/wire/usage.ts';

@ObjectType()
export class LogPriceLine {
  @Field(() => String, { description: 'input, cache_read, cache_write, cache_write_1h, input_image, input_audio, output, output_audio, call, violation, tools by their names, `advisor:` and the name of another model that was asked inside the answer; of an expression: expression, or hold where it failed.' })
  name!: string;

  @Field(() => Int, { description: 'Model tokens; 1 for a price by call or expression, and for an advisor.' })
  tokens!: number;

  @Field(() => Decimal, { description: 'Weight against one plain input token; for a call the price in US dollars, for an expression in millionths of a US dollar.' })
  ratio!: string;

  @Field(() => Decimal, { description: 'In quota: tokens × ratio × model ratio × group ratio, or dollars × quota per unit × group ratio; of an expression its price / 1,000,000 × quota per unit × group ratio.' })
  subtotal!: string;
}

@ObjectType()
export class LogPricing {
  @Field(() => Int, { description: 'Version of the price.' })
  version!: number;

  @Field(() => RelayPriceMode)
  mode!: RelayPriceMode;

  @Field(() => Decimal)
  modelRatio!: string;

  @Field(() => Decimal)
  groupRatio!: string;

  @Field(() => Boolean, { description: 'The ratio of the group is one that it has for the group of the user.' })
  special!: boolean;

  @Field(() => Decimal, { description: 'US dollars for a request; 0 where ratios apply.' })
  callPrice!: string;

  @Field(() => Int, { description: 'Quota units to one US dollar, as they were.' })
  quotaPerUnit!: number;

  @Field(() => [LogPriceLine])
  lines!: LogPriceLine[];

  @Field(() => String, { nullable: true, description: 'Text of the expression; null for other prices.' })
  expression!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the text of the expression.' })
  expressionSha256!: string | null;

  @Field(() => String, { nullable: true, description: 'The tier of the expression that gave the price.' })
  tier!: string | null;

  @Field(() => Decimal, { description: 'Sum of the subtotals, before rounding.' })
  exact!: string;

  @Field(() => Quota, { description: 'What was charged: the sum rounded once, half away from zero, at least 1 where the price is not 0 (an expression may round to 0).' })
  quota!: bigint;
}

const scale = 18;

/** In 10^-18 quota. */
function subtotal(price: FrozenPrice, { tokens, ratio }: FrozenPrice['lines'][number]): bigint {
  const weight = BigInt(tokens) * BigInt(ratio) * BigInt(price.groupRatio);
  if (price.mode === RelayPriceMode.TIERED) return weight * BigInt(price.quotaPerUnit);
  return price.mode === RelayPriceMode.PER_CALL ? weight * BigInt(price.quotaPerUnit) * 1_000_000n : weight * BigInt(price.modelRatio);
}

export function toPricing(price: FrozenPrice, quota: bigint): LogPricing {
  const parts = price.lines.map((line) => subtotal(price, line));
  return {
    version: price.version, mode: price.mode, quotaPerUnit: price.quotaPerUnit, quota, special: price.special === true,
    modelRatio: fromMillionths(price.modelRatio), groupRatio: fromMillionths(price.groupRatio), callPrice: fromMillionths(price.callPrice),
    expression: price.expression?.text ?? null, expressionSha256: price.expression?.sha256 ?? null, tier: price.expression?.tier ?? null,
    lines: price.lines.map(({ name, tokens, ratio }, index) => ({ name, tokens, ratio: fromMillionths(ratio), subtotal: decimalText(parts[index]!, scale) })),
    exact: decimalText(parts.reduce((sum, part) => sum + part, 0n), scale),
  };
}
