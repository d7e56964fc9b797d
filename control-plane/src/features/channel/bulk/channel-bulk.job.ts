/** The same change, or the deletion, of many channels. */
import { z } from 'zod';
import type { BulkKind } from '../../bulk/bulk-kind.ts';
import { ChannelStatus } from '../channel.entity.ts';
import { byRows, deleteMany, writeMany, type SharedPatch } from './write-many.ts';

const patchForm = z.object({
  status: z.enum(ChannelStatus).nullable(), tag: z.string().nullable(), priority: z.int().nullable(), weight: z.int().nullable(), groups: z.array(z.string()).nullable(), autoBan: z.boolean().nullable(),
}).partial() satisfies z.ZodType<SharedPatch>;

/** Null: deletes them. */
const change = z.object({ patch: patchForm.nullable() });

export type ChannelBulkChange = z.infer<typeof change>;

export const channelBulk: BulkKind<ChannelBulkChange> = {
  name: 'channel-bulk', id: 'channel', change,
  async write(sql, rows, { patch }, now) {
    return { done: await (patch ? writeMany(sql, byRows(rows), patch, now) : deleteMany(sql, 'id = any($1::int[])', [rows])) };
  },
  outcome: ({ patch }) => (patch ? 'changed' : 'deleted'),
};
