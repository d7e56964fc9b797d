import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

// A new object each time: the ORM writes the column's name into it.
const ratio = () => ({ type: new BigIntType('number'), nullable: true });

/**
 * What one model costs, for as long as the row is not retired. Rows are only added: a charge names its row (`id` is the
 * version of the price), so it can be computed again for ever. Every ratio is in millionths; null is "not set" and
 * differs from 0, which is free.
 */
@Entity({ tableName: 'price' })
@Index({ properties: ['model', 'id'] })
@Unique({ name: 'price_current_unique', properties: ['model'], where: 'retired_at is null' })
export class Price {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Property({ type: t.string, length: 255 })
  model!: string;

  @Property(ratio())
  modelRatio?: number | null;

  @Property(ratio())
  completionRatio?: number | null;

  @Property(ratio())
  cacheRatio?: number | null;

  @Property(ratio())
  createCacheRatio?: number | null;

  @Property(ratio())
  imageRatio?: number | null;

  @Property(ratio())
  audioRatio?: number | null;

  @Property(ratio())
  audioCompletionRatio?: number | null;

  /** US dollars for a request, in millionths. Wins over the ratios (semantics 1.2). */
  @Property(ratio())
  callPrice?: number | null;

  /** Whether the expression is the price (semantics 1.2). */
  @Property({ type: t.boolean, default: false })
  tiered: boolean & Opt = false;

  /** An expression of prices (semantics 1.9); it counts while `tiered` is set. */
  @Property({ type: t.text, nullable: true })
  expression?: string | null;

  @Property({ type: t.datetime, length: 3 })
  createdAt!: Date;

  @Property({ type: t.datetime, length: 3, nullable: true })
  retiredAt?: Date | null;
}
