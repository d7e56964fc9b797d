/**
 * An edit of the price list: made on a copy, saved as a whole. Rows are never changed: a new price retires the old row
 * and takes a new one, whose id is its version.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import { listChanged } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { Price } from './price.entity.ts';
import { hasValues, sameValues, valuesOf, type PriceValues } from './price-fields.ts';

export interface PriceChange { model: string; before: PriceValues; after: PriceValues }

export class PriceDraft {
  private readonly wanted = new Map<string, PriceValues>();

  private constructor(private readonly current: ReadonlyMap<string, Price>) {}

  /** Holds a lock until the transaction ends, so that two edits cannot both replace the same row. */
  static async open(em: EntityManager): Promise<PriceDraft> {
    await sqlOf(em)(`select pg_advisory_xact_lock(hashtext('weir.prices'))`);
    return PriceDraft.read(em);
  }

  /** Without the lock: for looking, and for a dry run. */
  static async read(em: EntityManager): Promise<PriceDraft> {
    const rows = await em.find(Price, { retiredAt: null }, { refresh: true });
    return new PriceDraft(new Map(rows.map((row) => [row.model, row])));
  }

  valuesFor(model: string): PriceValues {
    return this.wanted.get(model) ?? valuesOf(this.current.get(model));
  }

  /** Members that are absent stay as they are. */
  patch(model: string, values: PriceValues): void {
    this.wanted.set(model, { ...this.valuesFor(model), ...values });
  }

  delete(model: string): void {
    this.wanted.set(model, {});
  }

  /** The field of every model becomes what the map says; a model that it does not name loses it. */
  replaceField<Field extends keyof PriceValues>(field: Field, map: ReadonlyMap<string, NonNullable<PriceValues[Field]>>): void {
    for (const model of new Set([...this.current.keys(), ...this.wanted.keys(), ...map.keys()])) this.patch(model, { [field]: map.get(model) ?? null });
  }

  /** Everything becomes what the map says. */
  replaceAll(map: ReadonlyMap<string, PriceValues>): void {
    for (const model of this.current.keys()) this.delete(model);
    for (const [model, values] of map) this.wanted.set(model, values);
  }

  changes(): PriceChange[] {
    return [...this.wanted].map(([model, after]) => ({ model, before: valuesOf(this.current.get(model)), after })).filter(({ before, after }) => !sameValues(before, after));
  }

  /** A model whose price should be an expression and that would have none. */
  unruled(): string | undefined {
    return this.changes().find(({ after }) => after.tiered && !after.expression)?.model;
  }

  /** Writes what differs and marks it for the relays. Returns the rows that now apply. */
  async save(em: EntityManager, now: Date): Promise<Price[]> {
    const changes = this.changes();
    const retired = changes.flatMap(({ model }) => this.current.get(model)?.id ?? []);
    // Before the new rows: only one row of a model may be current.
    if (retired.length) await em.nativeUpdate(Price, { id: { $in: retired } }, { retiredAt: now });
    const rows = changes.filter(({ after }) => hasValues(after)).map(({ model, after }) => em.create(Price, { model, createdAt: now, ...after, tiered: after.tiered ?? false }));
    em.persist(rows);
    for (const { model } of changes) touch(em, 'price', model);
    if (changes.length) await listChanged(sqlOf(em), 'prices');
    await em.flush();
    return rows;
  }
}
