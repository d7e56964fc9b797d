/** Changes to many channels at once: by their ids, by their tag, or all that are switched off. */
import { inTransaction, orDryRun } from '../../../database/in-transaction.ts';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import { BulkPayload } from '../../../kernel/bulk.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { typedId } from '../../../kernel/typed-id.ts';
import { refusal } from '../../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../../kernel/words/user-error.ts';
import { rowsOf, type BulkService, type Seen } from '../../bulk/bulk.service.ts';
import { JobPayload } from '../../job/job.types.ts';
import type { ChannelList } from '../channel-list.ts';
import { Channel } from '../channel.entity.ts';
import type { ChannelFilter } from '../channel.inputs.ts';
import { checkChannel } from '../check/check-channel.ts';
import { proxyIn } from '../proxy/channel-proxy.ts';
import { surroundingsOf } from '../check/surroundings.ts';
import type { ChannelBulkPatch, ChannelTagPatch } from './channel-bulk.inputs.ts';
import { channelBulk, type ChannelBulkChange } from './channel-bulk.job.ts';
import { deleteMany, type SharedPatch } from './write-many.ts';

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

const transaction = <Result>({ em }: RequestContext, dryRun: boolean, work: (sql: Sql) => Promise<Result>): Promise<Result> =>
  (dryRun ? orDryRun(em, true, (inner) => work(sqlOf(inner))) : inTransaction(em, work));

/** As the job keeps it: nulls stay, what is absent is absent. */
const plain = (patch: SharedPatch): ChannelBulkChange => ({ patch: JSON.parse(JSON.stringify(patch)) as ChannelBulkChange['patch'] });

export class ChannelBulkService {
  constructor(private readonly list: ChannelList, private readonly bulk: BulkService) {}

  /** Every channel of a filter, as a job: the ones that there are now. */
  async updateWhere(ctx: RequestContext, filter: ChannelFilter, seen: Seen, patch: ChannelBulkPatch): Promise<JobPayload> {
    const shared: SharedPatch = Object.assign({}, patch, { groups: orAbsent(patch.groups) }), userErrors = await this.check(ctx, shared);
    return userErrors.length ? new JobPayload(null, userErrors) : this.bulk.byRows(ctx, channelBulk, await this.rows(ctx, filter), seen, plain(shared));
  }

  async deleteWhere(ctx: RequestContext, filter: ChannelFilter, seen: Seen): Promise<JobPayload> {
    return this.bulk.byRows(ctx, channelBulk, await this.rows(ctx, filter), seen, { patch: null });
  }

  private async rows(ctx: RequestContext, filter: ChannelFilter): Promise<number[]> {
    return rowsOf(ctx, Channel, await this.list.whereOf(ctx, filter));
  }

  async update(ctx: RequestContext, ids: readonly string[], patch: ChannelBulkPatch, dryRun = false): Promise<BulkPayload> {
    const shared: SharedPatch = Object.assign({}, patch, { groups: orAbsent(patch.groups) });
    const userErrors = await this.check(ctx, shared);
    return userErrors.length ? new BulkPayload(0, [], userErrors) : this.bulk.byIds(ctx, channelBulk, ids, plain(shared), dryRun);
  }

  async updateTag(ctx: RequestContext, tag: string, patch: ChannelTagPatch, dryRun = false): Promise<BulkPayload> {
    if (!tag.trim()) return new BulkPayload(0, [], [refusal(ctx, UserErrorCode.REQUIRED, 'value_required', ['tag'])]);
    const shared = fromTagPatch(patch), userErrors = (await this.check(ctx, shared)).map(asTagPath);
    if (userErrors.length) return new BulkPayload(0, [], userErrors);
    const choose = async (sql: Sql) => (await sql<{ id: number }>('select id from channel where tag = $1 order by id for no key update', [tag.trim()])).map(({ id }) => id);
    const { written, jobId } = await this.bulk.inOne(ctx, channelBulk, { choose, change: plain(shared), dryRun }), payload = new BulkPayload(written.done.length);
    payload.jobId = jobId === undefined ? null : typedId('job', jobId);
    return payload;
  }

  delete(ctx: RequestContext, ids: readonly string[], dryRun = false): Promise<BulkPayload> {
    return this.bulk.byIds(ctx, channelBulk, ids, { patch: null }, dryRun);
  }

  /** Switched off by a person or by itself. */
  async deleteDisabled(ctx: RequestContext, dryRun = false): Promise<BulkPayload> {
    return new BulkPayload((await transaction(ctx, dryRun, (sql) => deleteMany(sql, `status <> 'ENABLED'`))).length);
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
