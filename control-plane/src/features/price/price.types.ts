import { Field, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import { fromMillionths } from '../../kernel/millionths.ts';
import { connectionOf } from '../../kernel/list/page.ts';
import { Decimal, Int64 } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { RelayPriceMode, type RelayPrice } from '../relay-link/wire/snapshot.ts';
import { priceFields, type PriceField, type PriceValues } from './price-fields.ts';
import { relayPrice } from './relay-price.ts';

const unset = { nullable: true };
const perToken = 'Null: not set. 0: free.';

@ObjectType({ description: 'Ratios against one input token; 1 is 2 US dollars for a million. Null is "not set" and differs from 0.' })
@InputType('PriceRatiosInput')
export class PriceRatios implements Partial<Record<PriceField, string | null>> {
  @Field(() => Decimal, { ...unset, description: perToken })
  modelRatio?: string | null;

  @Field(() => Decimal, { ...unset, description: 'Output against input.' })
  completionRatio?: string | null;

  @Field(() => Decimal, { ...unset, description: 'Input read from a cache.' })
  cacheRatio?: string | null;

  @Field(() => Decimal, { ...unset, description: 'Input written to a cache for five minutes; an hour costs 1.6 times as much.' })
  createCacheRatio?: string | null;

  @Field(() => Decimal, unset)
  imageRatio?: string | null;

  @Field(() => Decimal, unset)
  audioRatio?: string | null;

  @Field(() => Decimal, { ...unset, description: 'Audio output against audio input.' })
  audioCompletionRatio?: string | null;

  @Field(() => Decimal, { ...unset, description: 'US dollars for a request. Wins over the ratios.' })
  callPrice?: string | null;

  @Field(() => Boolean, { ...unset, description: 'The expression is the price, and wins over the price of a request. Null: not.' })
  tiered?: boolean | null;

  @Field(() => String, { ...unset, description: 'Price of a request by what it uses: p * 1.25 + c * 10, in US dollars for a million. Counts while tiered is set.' })
  expression?: string | null;
}

export function toRatios(values: PriceValues): PriceRatios {
  return Object.assign(new PriceRatios(), { tiered: values.tiered ?? false, expression: values.expression ?? null }, Object.fromEntries(priceFields.map((field) => [field, values[field] == null ? null : fromMillionths(values[field])])));
}

const effective = (price: RelayPrice): PriceRatios => toRatios({
  modelRatio: price.modelRatio, completionRatio: price.completionRatio, cacheRatio: price.cacheReadRatio, createCacheRatio: price.cacheWriteRatio,
  imageRatio: price.imageRatio, audioRatio: price.audioRatio, audioCompletionRatio: price.audioCompletionRatio,
  callPrice: price.mode === RelayPriceMode.PER_CALL ? price.callPrice : null,
  tiered: price.mode === RelayPriceMode.TIERED, expression: price.expression?.text ?? null,
});

@ObjectType('Price')
export class PriceView {
  @Field(() => Int64, { description: 'Grows with each change; a charge names the version that it was computed with.' })
  version!: bigint;

  @Field(() => String)
  model!: string;

  @Field(() => RelayPriceMode, { nullable: true, description: 'Null: only side ratios are set, requests are refused.' })
  mode?: RelayPriceMode | null;

  @Field(() => PriceRatios, { description: 'What was set.' })
  set!: PriceRatios;

  @Field(() => PriceRatios, { nullable: true, description: 'What applies: defaults filled in. Null without a price.' })
  effective?: PriceRatios | null;

  @Field(() => GraphQLISODateTime)
  since!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null: it applies now.' })
  until?: Date | null;
}

export function toView(row: { id: number; model: string; createdAt: Date; retiredAt?: Date | null } & PriceValues): PriceView {
  const price = relayPrice(row);
  return { version: BigInt(row.id), model: row.model, mode: price?.mode ?? null, set: toRatios(row), effective: price ? effective(price) : null, since: row.createdAt, until: row.retiredAt ?? null };
}

export const PriceConnection = connectionOf('Price', () => PriceView);

@InputType()
export class PriceInput extends PriceRatios {
  @Field(() => String)
  model!: string;
}

@InputType()
export class PricesPatch {
  @Field(() => [PriceInput], { nullable: true, description: 'Absent members stay, null unsets. A price whose last member is unset is retired.' })
  upsert?: PriceInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Models that lose their price.' })
  delete?: string[] | null;
}

@ObjectType()
export class PriceImpact {
  @Field(() => String)
  model!: string;

  @Field(() => PriceRatios)
  before!: PriceRatios;

  @Field(() => PriceRatios)
  after!: PriceRatios;
}

@ObjectType()
export class PricesPayload {
  @Field(() => [PriceView], { description: 'The prices that now apply to the changed models; empty on a dry run.' })
  prices!: PriceView[];

  @Field(() => [PriceImpact], { description: 'What changes, model by model.' })
  affected!: PriceImpact[];

  @Field(() => Int64, { nullable: true, description: 'Version of the list after this; null when it was refused.' })
  version?: number | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
