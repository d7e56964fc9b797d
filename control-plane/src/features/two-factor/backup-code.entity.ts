import { t, type Opt } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A way in when the authenticator is lost, once. Deleted when it is used. */
@Entity({ tableName: 'backup_code' })
export class BackupCode {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Index()
  @Property({ type: t.integer })
  userId!: number;

  /** Hex of a keyed hash of user and code: the table alone does not let anybody guess. */
  @Property({ type: t.string, length: 64, unique: true, hidden: true })
  codeHash!: string;
}
