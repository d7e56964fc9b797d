/** Some options are prices and ratios: what a change of them does is told with it. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { groupImpacts, readRatios, type Ratios } from '../group/group-impact.ts';
import { priceImpacts, readPrices, type Prices } from '../price/price-impact.ts';
import { ruleKeys } from '../price/rule-maps.ts';
import { priceKeys } from './option-names.ts';
import type { OptionsPayload } from './option.types.ts';

const ofModels: ReadonlySet<string> = new Set([...priceKeys, ...ruleKeys]), ofGroups: ReadonlySet<string> = new Set(['GroupRatio', 'GroupGroupRatio']);

export class PriceEffect {
  private constructor(private readonly em: EntityManager, private readonly prices: Prices | undefined, private readonly ratios: Ratios | undefined) {}

  /** @param keys of the options that are about to change, in the transaction of `em`; what none of them holds is not read */
  static async before(em: EntityManager, keys: readonly string[]): Promise<PriceEffect> {
    const prices = keys.some((key) => ofModels.has(key)) ? await readPrices(em) : undefined;
    return new PriceEffect(em, prices, keys.some((key) => ofGroups.has(key)) ? await readRatios(sqlOf(em)) : undefined);
  }

  async told(now: Date): Promise<Pick<OptionsPayload, 'affected' | 'affectedGroups'>> {
    const { em, prices, ratios } = this;
    return { affected: prices ? await priceImpacts(em, prices) : [], affectedGroups: ratios ? await groupImpacts(sqlOf(em), ratios, now) : [] };
  }
}
