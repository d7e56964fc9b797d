import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { PageArgs, type Connection } from '../../kernel/list/page.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { OfUsers } from '../../kernel/user-scope.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { Drawing } from './drawing.entity.ts';
import type { ImageAddress } from './image-address.ts';
import type { TaskList } from './task-list.ts';
import { taskRoutes } from './task-rest.ts';
import type { Task } from './task.entity.ts';
import { DrawingFilter, OwnDrawingFilter, OwnTaskFilter, TaskFilter } from './task.inputs.ts';
import { DrawingConnection, TaskConnection } from './task.payloads.ts';

@Resolver(() => Drawing)
export class TaskResolver {
  constructor(private readonly list: TaskList, private readonly addressOf: ImageAddress) {}

  @OfUsers()
  @Allow(Permission.TASK_READ_ANY)
  @Directive(taskRoutes.tasks)
  @Query(() => TaskConnection, { description: 'Everyone\'s tasks, newest first.' })
  tasks(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => TaskFilter, { nullable: true }) filter: TaskFilter | null): Promise<Connection<Task>> {
    return this.list.tasks(ctx, filter ?? {}, page);
  }

  @OfUsers()
  @Allow(Permission.TASK_READ_ANY)
  @Directive(taskRoutes.drawings)
  @Query(() => DrawingConnection, { description: 'Everyone\'s drawings, newest first.' })
  drawings(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => DrawingFilter, { nullable: true }) filter: DrawingFilter | null): Promise<Connection<Drawing>> {
    return this.list.drawings(ctx, filter ?? {}, page);
  }

  @FieldResolver(() => String, { description: 'Empty until there is one. On this site where the option MjForwardUrlEnabled is on.' })
  imageUrl(@Root() drawing: Drawing, @Ctx() ctx: RequestContext): Promise<string> {
    return this.addressOf(ctx, drawing);
  }
}

@Resolver(() => Viewer)
export class ViewerTasksResolver {
  constructor(private readonly list: TaskList) {}

  @AllowSelf()
  @Directive(taskRoutes.ownTasks)
  @FieldResolver(() => TaskConnection, { description: 'Own tasks, newest first.' })
  tasks(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => OwnTaskFilter, { nullable: true }) filter: OwnTaskFilter | null): Promise<Connection<Task>> {
    return this.list.tasks(ctx, ownOf(ctx, filter), page);
  }

  @AllowSelf()
  @Directive(taskRoutes.ownDrawings)
  @FieldResolver(() => DrawingConnection, { description: 'Own drawings, newest first.' })
  drawings(@Ctx() ctx: RequestContext, @Args(() => PageArgs) page: PageArgs, @Arg('filter', () => OwnDrawingFilter, { nullable: true }) filter: OwnDrawingFilter | null): Promise<Connection<Drawing>> {
    return this.list.drawings(ctx, ownOf(ctx, filter), page);
  }
}

/** What was asked for, of the caller; nobody asks for a channel that they may not see. */
const ownOf = <Filter extends object>(ctx: RequestContext, filter: Filter | null) =>
  Object.assign({}, filter, { channelId: null, userId: typedId('user', callerOf(ctx).userId) });
