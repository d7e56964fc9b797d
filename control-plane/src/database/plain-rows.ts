/** Rows of an entity to be shown and not changed. The ORM's tracking of changes takes ten times what reading a row does. */
import type { EntityName } from '@mikro-orm/core';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';

/** The getters of the entity without the setters by which the ORM would make each row its own. */
const prototypes = new WeakMap<object, object>();

function prototypeOf(entity: abstract new () => object, properties: readonly string[]): object {
  const known = prototypes.get(entity);
  if (known) return known;
  const plain = Object.create(entity.prototype as object, Object.fromEntries(properties.map((name) => [name, { writable: true, value: undefined }]))) as object;
  prototypes.set(entity, plain);
  return plain;
}

interface Asked<T> { where: FilterQuery<T>; orderBy: object[]; limit: number }

/** Instances of the entity that no entity manager knows: writing to one changes nothing, and relations are not there. */
export async function plainRows<T extends object>(em: EntityManager, entity: (abstract new () => T) & EntityName<T>, { where, orderBy, limit }: Asked<T>): Promise<T[]> {
  const { props, name } = em.getMetadata().get(entity), platform = em.getPlatform();
  const columns = props.filter((prop) => prop.fieldNames !== undefined && prop.persist !== false);
  const converted = columns.filter((prop) => prop.customType).map((prop) => ({ key: prop.name as string, type: prop.customType! }));
  const plain = prototypeOf(entity, columns.map((prop) => prop.name));
  if (columns.some((prop) => prop.kind !== 'scalar')) throw new Error(`${name} has relations: read it with the ORM`);
  const rows = await em.createQueryBuilder(entity as EntityName<object>).select('*' as never).where(where as never).orderBy(orderBy as never).limit(limit).execute<Record<string, unknown>[]>('all');
  return rows.map((row) => {
    for (const { key, type } of converted) if (row[key] !== null) row[key] = type.convertToJSValue(row[key], platform);
    return Object.assign(Object.create(plain) as T, row);
  });
}
