import { t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** What a mailed text proves: that the address is theirs, or that they may set a new password. */
export enum ProofPurpose { ADDRESS = 'ADDRESS', RESET = 'RESET' }

/** A code or link that was mailed, as a keyed hash. There is one for each address and purpose: a new one ends the last. */
@Unique({ properties: ['purpose', 'email'] })
@Entity({ tableName: 'email_proof' })
export class EmailProof {
  @PrimaryKey({ type: t.integer, autoincrement: true })
  id!: number & Opt;

  @Enum({ items: () => ProofPurpose, type: t.string })
  purpose!: ProofPurpose;

  @Property({ type: t.string, length: 50 })
  email!: string;

  @Property({ type: t.string, length: 64 })
  secretHash!: string;

  /** Tries so far, right or wrong. */
  @Property({ type: t.integer, default: 0 })
  tries: number & Opt = 0;

  @Property({ type: t.datetime, length: 3 })
  expiresAt!: Date;
}
