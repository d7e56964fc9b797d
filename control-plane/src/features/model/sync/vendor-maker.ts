import type { EntityManager } from '@mikro-orm/postgresql';
import { Vendor } from '../../vendor/vendor.entity.ts';
import type { Catalogue } from './catalogue.ts';

/** Finds the rows of vendors by name, and makes those that the catalogue names and that there are none of. */
export class VendorMaker {
  made = 0;

  private constructor(private readonly em: EntityManager, private readonly ids: Map<string, number>, private readonly catalogue: Catalogue, private readonly now: Date) {}

  static async open(em: EntityManager, catalogue: Catalogue, now: Date): Promise<VendorMaker> {
    return new VendorMaker(em, new Map((await em.find(Vendor, {})).map(({ id, name }) => [name, id])), catalogue, now);
  }

  async idOf(name: string): Promise<number | null> {
    if (!name) return null;
    const present = this.ids.get(name);
    if (present !== undefined) return present;
    const known = this.catalogue.vendors.get(name) ?? { name };
    const vendor = this.em.create(Vendor, { ...known, createdAt: this.now, updatedAt: this.now });
    await this.em.persist(vendor).flush();
    this.ids.set(name, vendor.id);
    this.made += 1;
    return vendor.id;
  }
}
