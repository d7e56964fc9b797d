import { Ctx, Directive, Field, Float, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { MonitorStatus, type UptimePages } from './uptime.ts';

registerEnumType(MonitorStatus, { name: 'MonitorStatus' });

@ObjectType()
export class UptimeMonitor {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Its group on the status page.' })
  group!: string;

  @Field(() => MonitorStatus)
  status!: MonitorStatus;

  @Field(() => Float, { description: 'Share of the last 24 hours, 0 to 1.' })
  uptime!: number;
}

@ObjectType()
export class UptimeGroup {
  @Field(() => String)
  name!: string;

  @Field(() => [UptimeMonitor], { description: 'None when the page cannot be read.' })
  monitors!: UptimeMonitor[];
}

@Resolver()
export class UptimeResolver {
  constructor(private readonly pages: UptimePages) {}

  @AllowPublic()
  @Directive('@rest(method: GET, path: "/api/uptime/status", auth: [NONE], view: "LegacyUptime", envelope: LIST)')
  @Query(() => [UptimeGroup], { description: 'The status pages that the operator has named; read once a minute.' })
  uptime(@Ctx() { em }: RequestContext) {
    return this.pages.read(em);
  }
}
