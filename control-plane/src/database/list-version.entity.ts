import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** How often a list that is edited as a whole has changed. Its rows come and go; this stays. */
@Entity({ tableName: 'list_version' })
export class ListVersion {
  @PrimaryKey({ type: t.string, length: 20 })
  name!: string;

  @Property({ type: new BigIntType('number'), defaultRaw: '1' })
  version: number & Opt = 1;
}
