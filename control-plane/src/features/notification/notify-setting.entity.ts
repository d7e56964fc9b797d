import { BigIntType, t, type Opt } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Int64, Quota } from '../../kernel/scalars.ts';

export enum NotifyChannel { EMAIL = 'EMAIL', WEBHOOK = 'WEBHOOK', BARK = 'BARK', GOTIFY = 'GOTIFY' }
registerEnumType(NotifyChannel, { name: 'NotifyChannel', description: 'Where notifications go.' });

/** Where a user wants to be told, and of what. A user without a row has the defaults. */
@ObjectType({ description: 'Where the caller wants to be told, and of what. Secrets are never told again.' })
@Entity({ tableName: 'notify_setting' })
export class NotifySetting {
  @PrimaryKey({ type: t.integer, autoincrement: false })
  userId!: number;

  @Property({ type: t.integer, version: true })
  version!: number & Opt;

  @Field(() => Int64, { name: 'version', description: 'Send it back as expectedVersion to notice a change by someone else; 0 before the first change.' })
  get shownVersion(): number & Opt { return (this.version as number | undefined) ?? 0; }

  @Field(() => NotifyChannel)
  @Enum({ items: () => NotifyChannel, type: t.string, default: NotifyChannel.EMAIL })
  channel: NotifyChannel & Opt = NotifyChannel.EMAIL;

  @Field(() => Quota, { nullable: true, description: 'Warn when the balance falls below this; null: the number of the site.' })
  @Property({ type: new BigIntType('bigint'), nullable: true })
  lowQuotaThreshold?: bigint | null;

  @Field(() => String, { description: 'Empty: the address of the account.' })
  @Property({ type: t.string, length: 50, default: '' })
  email: string & Opt = '';

  @Field(() => String)
  @Property({ type: t.string, length: 2_048, default: '' })
  webhookUrl: string & Opt = '';

  @Property({ type: t.text, nullable: true, hidden: true })
  webhookSecretEnvelope?: string | null;

  @Field(() => String, { description: 'With {{title}} and {{content}} in it.' })
  @Property({ type: t.string, length: 2_048, default: '' })
  barkUrl: string & Opt = '';

  @Field(() => String)
  @Property({ type: t.string, length: 2_048, default: '' })
  gotifyUrl: string & Opt = '';

  @Property({ type: t.text, nullable: true, hidden: true })
  gotifyTokenEnvelope?: string | null;

  @Field(() => Int, { description: '0 to 10.' })
  @Property({ type: t.integer, default: 5 })
  gotifyPriority: number & Opt = 5;

  @Field(() => Boolean, { description: 'Models without a price are served, at the ratio of self-use, instead of being refused.' })
  @Property({ type: t.boolean, default: false })
  acceptUnpricedModels: boolean & Opt = false;

  @Field(() => Boolean, { description: 'The log keeps the address that the caller\'s requests come from.' })
  @Property({ type: t.boolean, default: false })
  recordIp: boolean & Opt = false;

  @Field(() => Boolean, { description: 'Administrators are told when models of a channel\'s provider have changed.' })
  @Property({ type: t.boolean, default: false })
  upstreamModelUpdates: boolean & Opt = false;

  /** In which notifications are written: the one that the user last saved these settings in. */
  @Property({ type: t.string, length: 2, default: 'zh' })
  language: string & Opt = 'zh';

  @Field(() => Boolean)
  get hasWebhookSecret(): boolean & Opt { return this.webhookSecretEnvelope != null; }

  @Field(() => Boolean)
  get hasGotifyToken(): boolean & Opt { return this.gotifyTokenEnvelope != null; }
}
