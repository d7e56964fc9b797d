import { Ctx, Directive, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { InFlight } from '../../kernel/http/in-flight.ts';
import { Allow, Permission } from '../../kernel/permission.ts';

@ObjectType()
export class SystemTest {
  @Field(() => Boolean, { description: 'True: otherwise there is no answer at all, but the status 503.' })
  database!: boolean;

  @Field(() => Int, { description: 'Requests that this process is answering, this one among them.' })
  activeConnections!: number;
}

@Resolver()
export class SystemResolver {
  constructor(private readonly inFlight: InFlight) {}

  @Allow(Permission.SYSTEM_READ)
  @Directive('@rest(method: GET, path: "/api/status/test", view: "LegacySystemTest", sideEffect: true)')
  @Query(() => SystemTest, { description: 'Asks the database.' })
  async systemSelfTest(@Ctx() { em }: RequestContext): Promise<SystemTest> {
    await sqlOf(em)('select 1');
    return { database: true, activeConnections: this.inFlight.count };
  }
}
