import { t } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { ProviderInfo } from './wire/relay-state.ts';

/** A provider as the relays announced it last, so that the list outlives them. */
@Entity({ tableName: 'provider' })
export class Provider {
  /** Channel type number. */
  @PrimaryKey({ type: t.integer, autoincrement: false })
  type!: number;

  @Property({ type: t.json })
  info!: ProviderInfo;

  @Property({ type: t.datetime, length: 3 })
  announcedAt!: Date;
}
