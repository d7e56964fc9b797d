/**
 * Which models enabled channels serve, for which groups, at which price: the same for every caller. Anyone may ask, and it reads
 * every channel, so it is computed once for some seconds and shared.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { Kept, type KeptValues } from '../../kernel/running/kept.ts';
import { flagOption } from '../option/option-values.ts';
import { Price } from '../price/price.entity.ts';
import { relayPrice } from '../price/relay-price.ts';
import { Provider } from '../relay-link/provider.entity.ts';
import type { RelayPrice } from '../relay-link/wire/snapshot.ts';

const freshMs = 5_000;
/** What a model without a price costs in self-use mode, as relays compute it (semantics 1.4). */
const selfUseRatio = 37_500_000;

export interface ServedModel {
  model: string;
  /** Undefined: relays refuse it. */
  price: RelayPrice | undefined;
  groups: readonly string[];
  dialects: readonly string[];
}

interface Row { model: string; groups: string[]; types: number[] }

const statement = `select m.model, array_agg(distinct g.name order by g.name) as groups, array_agg(distinct c.type order by c.type) as types
  from channel c cross join unnest(c.models) as m (model) cross join unnest(c.group_names) as g (name)
  where c.status = 'ENABLED' group by m.model order by m.model`;

async function read(em: EntityManager): Promise<ServedModel[]> {
  const sql = sqlOf(em), rows = await sql<Row>(statement);
  const prices = new Map((await em.find(Price, { retiredAt: null })).map((price) => [price.model, price]));
  const dialects = new Map((await em.find(Provider, {})).map(({ type, info }) => [type, info.dialects]));
  const isSelfUse = await flagOption(sql, 'SelfUseModeEnabled');
  return rows.map(({ model, groups, types }) => {
    const set = prices.get(model);
    const price = (set && relayPrice(set)) ?? (isSelfUse ? relayPrice({ id: 0, model, modelRatio: selfUseRatio }) : undefined);
    return { model, price, groups, dialects: [...new Set(types.flatMap((type) => dialects.get(type) ?? []))] };
  });
}

export class ServedModels {
  private readonly kept: Kept<ServedModel[]>;

  constructor(clock: Clock, values: KeptValues) {
    this.kept = values.add(new Kept(clock, freshMs, read));
  }

  /** By name. Changes that another instance took show within five seconds. */
  all(em: EntityManager): Promise<ServedModel[]> {
    return this.kept.read(em);
  }
}
