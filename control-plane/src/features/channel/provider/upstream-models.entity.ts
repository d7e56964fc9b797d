import { t, type Opt } from '@mikro-orm/core';
import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Channel } from '../channel.entity.ts';

/** What the provider of a channel listed when it was asked last, and what people do not want to hear of again. */
@Entity({ tableName: 'channel_upstream' })
export class UpstreamModels {
  @ManyToOne(() => Channel, { primary: true, mapToPk: true, deleteRule: 'cascade', fieldName: 'channel_id' })
  channelId!: number;

  @Property({ type: t.array })
  models!: string[];

  @Property({ type: t.array, default: [] })
  ignored: string[] & Opt = [];

  /** Differences that people were told of: `+` or `-` and the model. */
  @Property({ type: t.array, default: [] })
  told: string[] & Opt = [];

  @Property({ type: t.datetime, length: 3 })
  detectedAt!: Date;
}
