import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowSelf } from '../../kernel/permission.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { CheckInService } from './check-in.service.ts';
import { CheckInPayload, CheckInStatus } from './check-in.types.ts';

@Resolver(() => Viewer)
export class CheckInResolver {
  constructor(private readonly service: CheckInService) {}

  @AllowSelf()
  @Directive('@rest(method: POST, path: "/api/user/checkin", rate: CRITICAL, view: "LegacyCheckedIn", bind: [{from: "query.turnstile", to: "captcha"}])')
  @Mutation(() => CheckInPayload, { description: 'Brings quota once a day, where the site gives some.' })
  checkIn(@Ctx() ctx: RequestContext, @Arg('captcha', () => String, { nullable: true, description: 'Answer of the human check, where the site asks for one.' }) captcha: string | null): Promise<CheckInPayload> {
    return this.service.checkIn(ctx, captcha);
  }

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/user/checkin", view: "LegacyCheckInStatus")')
  @FieldResolver(() => CheckInStatus, { name: 'checkIns' })
  checkIns(@Ctx() ctx: RequestContext, @Arg('month', () => String, { nullable: true, description: 'YYYY-MM; absent: the present one.' }) month: string | null): Promise<CheckInStatus> {
    return this.service.status(ctx, month);
  }
}
