/** Changes to many channels at once: by their ids, by their tag, or all that are switched off. */
import { sqlOf, type Sql } from '../../../database/sql.ts';
import { BulkPayload, forEachId } from '../../../kernel/bulk.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { refusal } from '../../../kernel/refusal.ts';
import { UserErrorCode, type UserError } from '../../../kernel/user-error.ts';
import { checkChannel } from '../check/check-channel.ts';
import { surroundingsOf } from '../check/surroundings.ts';
import type { ChannelBulkPatch, ChannelTagPatch } from './channel-bulk.inputs.ts';
import { byRows, byTag, deleteMany, writeMany, type SharedPatch } from './write-many.ts';

const orAbsent = <Item>(list: Item[] | null | undefined): Item[] | undefined => (list?.length ? list : undefined);

function fromTagPatch({ newTag, models, groups, modelMapping, paramOverride, headerOverride, ...plain }: ChannelTagPatch): SharedPatch {
  const extras = { ...(paramOverride !== undefined && { paramOverride }), ...(headerOverride !== undefined && { headerOverride }) };
  return {
    ...plain, models: orAbsent(models), groups: orAbsent(groups), modelMapping: modelMapping?.trim() ? modelMapping : undefined,
    tag: newTag?.trim() ? newTag : undefined, extras: Object.keys(extras).length ? extras : undefined,
  };
}

/** The faults of a tag patch stand under the names that it has for its fields. */
function asTagPath(error: UserError): UserError {
  const [input, first, ...rest] = error.path ?? [];
  if (first === 'tag') error.path = [input!, 'newTag'];
  if (first === 'extras') error.path = [input!, ...rest];
  return error;
}

const mostTries = 3;

const isDeadlock = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && fault.code === '40P01';

/** Settlement writes channels in an order of its own. Who loses against it did nothing yet, and tries again. */
async function transaction<Result>({ em }: RequestContext, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await em.fork().transactional((inner) => work(sqlOf(inner)));
    } catch (fault) {
      if (!isDeadlock(fault) || tries === mostTries) throw fault;
    }
  }
}

export class ChannelBulkService {
  async update(ctx: RequestContext, ids: readonly string[], patch: ChannelBulkPatch): Promise<BulkPayload> {
    const shared: SharedPatch = Object.assign({}, patch, { groups: orAbsent(patch.groups) });
    const userErrors = await this.check(ctx, shared);
    if (userErrors.length) return new BulkPayload(0, [], userErrors);
    return forEachId(ctx, 'channel', ids, (rows) => transaction(ctx, (sql) => writeMany(sql, byRows(rows), shared, ctx.clock.now())));
  }

  async updateTag(ctx: RequestContext, tag: string, patch: ChannelTagPatch): Promise<BulkPayload> {
    if (!tag.trim()) return new BulkPayload(0, [], [refusal(ctx, UserErrorCode.REQUIRED, 'value_required', ['tag'])]);
    const shared = fromTagPatch(patch), userErrors = (await this.check(ctx, shared)).map(asTagPath);
    if (userErrors.length) return new BulkPayload(0, [], userErrors);
    const rows = await transaction(ctx, (sql) => writeMany(sql, byTag(tag.trim()), shared, ctx.clock.now()));
    return new BulkPayload(rows.length);
  }

  delete(ctx: RequestContext, ids: readonly string[]): Promise<BulkPayload> {
    return forEachId(ctx, 'channel', ids, (rows) => transaction(ctx, (sql) => deleteMany(sql, 'id = any($1::int[])', [rows])));
  }

  /** Switched off by a person or by itself. */
  async deleteDisabled(ctx: RequestContext): Promise<BulkPayload> {
    return new BulkPayload((await transaction(ctx, (sql) => deleteMany(sql, `status <> 'ENABLED'`))).length);
  }

  /** The longest model list among the channels of a tag, as the compatible API has it. */
  async tagModels(ctx: RequestContext, tag: string): Promise<string[]> {
    const [row] = await sqlOf(ctx.em)<{ models: string[] }>(
      `select models from channel where tag = $1 order by length(array_to_string(models, ',')) desc, id limit 1`, [tag.trim()]);
    return row?.models ?? [];
  }

  private async check(ctx: RequestContext, patch: SharedPatch): Promise<UserError[]> {
    return checkChannel(ctx, patch, await surroundingsOf(ctx.em, []));
  }
}
