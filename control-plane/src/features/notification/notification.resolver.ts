import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { listPage } from '../../kernel/list/list-page.ts';
import { PageArgs, SortDirection, type Connection } from '../../kernel/list/page.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import { readId } from '../../kernel/typed-id.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import { Int64 } from '../../kernel/scalars.ts';
import { User } from '../user/user.entity.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { notificationText } from './notification-text.ts';
import { Notification } from './notification.entity.ts';
import { NotificationConnection, NotifyPatch, NotifySettingPayload } from './notification.types.ts';
import { NotifySetting } from './notify-setting.entity.ts';
import type { NotifySettingService } from './notify-setting.service.ts';
import { settingOf } from './recipients.ts';

@Resolver(() => Notification)
export class NotificationResolver {
  constructor(private readonly service: NotifySettingService) {}

  @AllowSelf()
  @Directive(`@rest(method: PUT, path: "/api/user/setting", envelope: MESSAGE, bind: [{from: "body.notify_type", to: "input.channel"}, {from: "body.quota_warning_threshold", to: "input.lowQuotaThreshold", cast: QUOTA_CEIL},
    {from: "body.notification_email", to: "input.email"}, {from: "body.accept_unset_model_ratio_model", to: "input.acceptUnpricedModels"}, {from: "body.record_ip_log", to: "input.recordIp"},
    {from: "body.upstream_model_update_notify_enabled", to: "input.upstreamModelUpdates"}])`)
  @Mutation(() => NotifySettingPayload, { description: 'Changes where the caller is told, and of what. What is absent stays as it is.' })
  notifySettingUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => NotifyPatch, { description: 'What changes.' }) input: NotifyPatch,
    @Arg('expectedVersion', () => Int64, { nullable: true, description: 'Version that the caller saw: another one is a CONFLICT. Absent: whatever it is.' }) expectedVersion: bigint | null,
  ): Promise<NotifySettingPayload> {
    return this.service.update(ctx, input, expectedVersion);
  }

  @AllowSelf()
  @Mutation(() => OkPayload, { description: 'Sends a notification now, to see whether the settings work. Five in ten minutes.' })
  notificationTest(@Ctx() ctx: RequestContext): Promise<OkPayload> {
    return this.service.test(ctx);
  }

  @AllowSelf()
  @Mutation(() => OkPayload, { description: 'Ids that are not the caller\'s are passed over; absent: all.' })
  async notificationsMarkRead(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID], { nullable: true }) ids: string[] | null): Promise<OkPayload> {
    const some = ids && { id: { $in: ids.slice(0, 1_000).map((id) => readId('notification', id)) } };
    await ctx.em.nativeUpdate(Notification, { userId: callerOf(ctx).userId, readAt: null, ...some }, { readAt: ctx.clock.now() });
    return new OkPayload();
  }

  @FieldResolver(() => String)
  title(@Root() { kind, facts }: Notification, @Ctx() { language }: RequestContext): string {
    return notificationText(kind, facts, language).title;
  }

  @FieldResolver(() => String)
  body(@Root() { kind, facts }: Notification, @Ctx() { language }: RequestContext): string {
    return notificationText(kind, facts, language).content;
  }
}

@Resolver(() => Viewer)
export class ViewerNotificationsResolver {
  constructor(private readonly cursors: Cursors) {}

  @AllowSelf()
  @FieldResolver(() => NotifySetting)
  notifySetting(@Ctx() ctx: RequestContext): Promise<NotifySetting> {
    return settingOf(ctx.em, callerOf(ctx).userId);
  }

  @AllowSelf()
  @FieldResolver(() => NotificationConnection, { description: 'Newest first.' })
  notifications(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('unreadOnly', () => Boolean, { defaultValue: false }) unreadOnly: boolean): Promise<Connection<Notification>> {
    const where = { userId: callerOf(ctx).userId, ...(unreadOnly && { readAt: null }) };
    return listPage(ctx.em, this.cursors, { entity: Notification, where, order: { property: 'id', direction: SortDirection.DESC }, asked: { unreadOnly } }, page);
  }
}

@Resolver(() => User)
export class UserNotifySettingResolver {
  @FieldResolver(() => NotifySetting, { nullable: true, description: 'Null for everybody but the user.' })
  notifySetting(@Root() user: User, @Ctx() ctx: RequestContext): Promise<NotifySetting> | null {
    return ctx.principal?.userId === user.id ? settingOf(ctx.em, user.id) : null;
  }
}
