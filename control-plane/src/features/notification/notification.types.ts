import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../kernel/list/page.ts';
import { Quota, Secret } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { Notification } from './notification.entity.ts';
import { NotifyChannel, NotifySetting } from './notify-setting.entity.ts';

@ObjectType()
export class NotificationConnection extends connectionOf('Notification', () => Notification) {}

@InputType({ description: 'What is absent stays as it is; the whole must be usable.' })
export class NotifyPatch {
  @Field(() => NotifyChannel, { nullable: true })
  channel?: NotifyChannel | null;

  @Field(() => Quota, { nullable: true, description: 'Above zero.' })
  lowQuotaThreshold?: bigint | null;

  @Field(() => String, { nullable: true, description: 'Empty: the address of the account.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'http or https. Private addresses need the operator\'s permission.' })
  webhookUrl?: string | null;

  @Field(() => Secret, { nullable: true, description: 'Signs webhooks; empty leaves the one that is stored.' })
  webhookSecret?: string | null;

  @Field(() => String, { nullable: true, description: 'With {{title}} and {{content}} in it.' })
  barkUrl?: string | null;

  @Field(() => String, { nullable: true })
  gotifyUrl?: string | null;

  @Field(() => Secret, { nullable: true, description: 'Empty leaves the one that is stored.' })
  gotifyToken?: string | null;

  @Field(() => Int, { nullable: true, description: '0 to 10; anything else becomes 5.' })
  gotifyPriority?: number | null;

  @Field(() => Boolean, { nullable: true })
  acceptUnpricedModels?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  recordIp?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Without effect below administrators.' })
  upstreamModelUpdates?: boolean | null;
}

@ObjectType()
export class NotifySettingPayload {
  @Field(() => NotifySetting, { nullable: true })
  setting!: NotifySetting | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
