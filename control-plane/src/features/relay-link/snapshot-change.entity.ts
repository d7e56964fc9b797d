import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Kinds of resources in the picture that relays hold; the key of a resource is `kind:key`. */
export const resourceKinds = ['channel', 'token', 'user', 'group', 'price', 'settings'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** An object whose picture may be out of date. A trigger on insert notifies the publisher when the transaction commits. */
@Entity({ tableName: 'snapshot_change' })
export class SnapshotChange {
  @PrimaryKey({ type: new BigIntType('bigint'), autoincrement: true })
  id!: bigint & Opt;

  @Enum({ items: () => [...resourceKinds], type: t.string })
  kind!: ResourceKind;

  @Property({ type: t.text })
  key!: string;
}
