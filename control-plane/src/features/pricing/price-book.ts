/** What is for sale: served models with a price and, where there is any, their metadata. The same for every caller. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../../kernel/running/clock.ts';
import { Kept, type KeptValues } from '../../kernel/running/kept.ts';
import { readEndpoints, type ModelEndpoint } from '../model/endpoint-text.ts';
import { ModelMeta } from '../model/model-meta.entity.ts';
import { rowFinder } from '../model/name-rule.ts';
import type { ServedModel, ServedModels } from '../model/served-models.ts';
import type { RelayPrice } from '../relay-link/wire/snapshot.ts';
import { Vendor } from '../vendor/vendor.entity.ts';

const freshMs = 5_000;

export interface ModelForSale extends ServedModel {
  price: RelayPrice;
  meta: ModelMeta | undefined;
  vendor: Vendor | undefined;
  /** Its own; empty: what its providers speak. */
  endpoints: readonly ModelEndpoint[];
}

export interface Book { models: readonly ModelForSale[] }

export class PriceBook {
  private readonly kept: Kept<Book>;

  constructor(clock: Clock, served: ServedModels, values: KeptValues) {
    this.kept = values.add(new Kept(clock, freshMs, (em) => read(em, served)));
  }

  /** Changes of channels, prices and metadata that another instance took show within ten seconds. */
  read(em: EntityManager): Promise<Book> {
    return this.kept.read(em);
  }
}

async function read(em: EntityManager, served: ServedModels): Promise<Book> {
  const find = rowFinder(await em.find(ModelMeta, {})), vendors = await em.find(Vendor, { enabled: true }, { orderBy: { id: 'asc' } });
  const byId = new Map(vendors.map((vendor) => [vendor.id, vendor]));
  const models = (await served.all(em)).flatMap((one): ModelForSale[] => {
    const meta = find(one.model), { price } = one;
    if (!price || meta?.enabled === false) return [];
    return [{ ...one, price, meta, vendor: meta?.vendorId == null ? undefined : byId.get(meta.vendorId), endpoints: readEndpoints(meta?.endpoints ?? '') ?? [] }];
  });
  return { models };
}
