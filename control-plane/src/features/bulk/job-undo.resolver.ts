import { Ctx, FieldResolver, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { Job } from '../job/job.entity.ts';
import { undoUntil } from './bulk-undo.service.ts';

/** Whether each job has rows that can be put back. */
async function loadKept({ em }: RequestContext, ids: readonly number[]): Promise<boolean[]> {
  const rows = await sqlOf(em)<{ id: number }>('select id from job where id = any($1::int[]) and exists (select from bulk_row where job_id = job.id)', [ids]);
  const kept = new Set(rows.map(({ id }) => id));
  return ids.map((id) => kept.has(id));
}

@Resolver(() => Job)
export class JobUndoResolver {
  @FieldResolver(() => GraphQLISODateTime, { nullable: true, description: 'Until when this bulk can be taken back, by the `…BulkUndo` of its kind. Null: it is none, changed nothing, or was taken back.' })
  async undoUntil(@Root() job: Job, @Ctx() ctx: RequestContext): Promise<Date | null> {
    if (!job.finishedAt || undoUntil(job.finishedAt) <= ctx.clock.now()) return null;
    return (await requestLoader(ctx, loadKept).load(job.id)) ? undoUntil(job.finishedAt) : null;
  }
}
