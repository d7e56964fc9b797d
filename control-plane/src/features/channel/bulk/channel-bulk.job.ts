/** The same change, or the deletion, of many channels. */
import { z } from 'zod';
import { membersOf, type BulkKind } from '../../bulk/bulk-kind.ts';
import { ChannelStatus } from '../channel.entity.ts';
import { deleteMany, writeMany, type SharedPatch } from './write-many.ts';

const patchForm = z.object({
  status: z.enum(ChannelStatus).nullable(), tag: z.string().nullable(), priority: z.int().nullable(), weight: z.int().nullable(), groups: z.array(z.string()).nullable(), autoBan: z.boolean().nullable(),
  models: z.array(z.string()).nullable(), modelMapping: z.string().nullable(), extras: z.object({ paramOverride: z.string().nullable(), headerOverride: z.string().nullable() }).partial(), statusReason: z.string().nullable(),
}).partial() satisfies z.ZodType<SharedPatch>;

/** Null: deletes them. */
const change = z.object({ patch: patchForm.nullable() });

export type ChannelBulkChange = z.infer<typeof change>;

/** Keys of `extras` that were not there come back as null, which means the same. */
const members = {
  status: 'status', tag: 'tag', priority: 'priority', weight: 'weight', groups: 'to_jsonb(group_names)', models: 'to_jsonb(models)', autoBan: 'auto_ban', modelMapping: 'model_mapping::text',
  extras: `jsonb_build_object('paramOverride', extras -> 'paramOverride', 'headerOverride', extras -> 'headerOverride')`,
};

export const channelBulk: BulkKind<ChannelBulkChange> = {
  name: 'channel-bulk', id: 'channel', change,
  kept: { table: 'channel', members: ({ patch }) => ({ ...membersOf(members, patch), ...(patch?.status != null && { statusReason: 'status_reason' }) }) },
  async write(sql, rows, { patch }, now) {
    return { done: await (patch ? writeMany(sql, rows, patch, now) : deleteMany(sql, 'id = any($1::int[])', [rows])) };
  },
  outcome: ({ patch }) => (patch ? 'changed' : 'deleted'),
};
