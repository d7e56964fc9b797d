/** Changes to many channels at once: by their ids, by their tag, or all that are switched off. */
import { sqlOf, type Sql } from '../../../database/sql.ts';
import { BulkPayload, forEachId } from '../../../kernel/bulk.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { say } from '../../../kernel/messages.ts';
import { refusal } from '../../../kernel/refusal.ts';
import { PlainError, UserErrorCode, type UserError } from '../../../kernel/user-error.ts';
import type { JobService } from '../../job/job.service.ts';
import { JobPayload } from '../../job/job.types.ts';
import type { ChannelList } from '../channel-list.ts';
import type { ChannelFilter } from '../channel.inputs.ts';
import { checkChannel } from '../check/check-channel.ts';
import { proxyIn } from '../proxy/channel-proxy.ts';
import { surroundingsOf } from '../check/surroundings.ts';
import type { ChannelBulkPatch, ChannelTagPatch } from './channel-bulk.inputs.ts';
import { channelBulkName, type ChannelBulkWork } from './channel-bulk.job.ts';
import { inTransaction } from './in-transaction.ts';
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

/** A set that changed by more than this since people saw it is another set. */
const fewRows = 10, fewPercent = 0.01, mostRows = 100_000;

const transaction = <Result>({ em }: RequestContext, work: (sql: Sql) => Promise<Result>): Promise<Result> => inTransaction(em, work);

export class ChannelBulkService {
  constructor(private readonly list: ChannelList, private readonly jobs: JobService) {}

  /** Every channel of a filter, as a job: the ones that there are now. */
  async updateWhere(ctx: RequestContext, filter: ChannelFilter, expectedCount: number, patch: ChannelBulkPatch): Promise<JobPayload> {
    const shared: SharedPatch = Object.assign({}, patch, { groups: orAbsent(patch.groups) }), userErrors = await this.check(ctx, shared);
    return userErrors.length ? new JobPayload(null, userErrors) : this.begin(ctx, filter, expectedCount, JSON.parse(JSON.stringify(shared)) as ChannelBulkWork['patch']);
  }

  deleteWhere(ctx: RequestContext, filter: ChannelFilter, expectedCount: number): Promise<JobPayload> {
    return this.begin(ctx, filter, expectedCount, null);
  }

  private async begin(ctx: RequestContext, filter: ChannelFilter, expectedCount: number, patch: ChannelBulkWork['patch']): Promise<JobPayload> {
    const ids = await this.list.ids(ctx, filter, mostRows + 1), allowed = Math.max(fewRows, expectedCount * fewPercent);
    if (ids.length > mostRows) return new JobPayload(null, [refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'too_many_items', ['filter'])]);
    if (Math.abs(ids.length - expectedCount) > allowed) {
      return new JobPayload(null, [new PlainError(UserErrorCode.CONFLICT, `${say('set_changed', ctx.language)}: ${ids.length}`, ['expectedCount'])]);
    }
    const work: ChannelBulkWork = { ids, patch };
    return this.jobs.begin(ctx, { name: channelBulkName }, { input: work, total: ids.length });
  }

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
    // A proxy is sealed for one channel, and its credentials are asked for again: that is no change for many at once.
    const proxied = proxyIn(patch.extras?.setting) ? [refusal(ctx, UserErrorCode.UNSUPPORTED, 'field_unsupported', ['input', 'extras', 'setting'])] : [];
    return [...checkChannel(ctx, patch, await surroundingsOf(ctx.em, [])), ...proxied];
  }
}
