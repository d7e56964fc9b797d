/** What an export was asked to hold, between the mutation that took it and the job that does it. */
import { z } from 'zod';
import { columnsFor } from '../log/export/log-columns.ts';
import type { ExportAsked } from '../log/export/log-lines.ts';
import type { LogFilter } from '../log/log.inputs.ts';

const sequence = z.string().transform(BigInt);

const filter = z.looseObject({ from: z.iso.datetime().transform((text) => new Date(text)), to: z.iso.datetime().transform((text) => new Date(text)), sequenceFrom: sequence, sequenceTo: sequence }).partial();

const asked = z.object({ filter, userId: z.int().nullable(), userIds: z.array(z.int()).optional(), columns: z.array(z.enum(columnsFor(true))), format: z.enum(['csv', 'ndjson']), bom: z.boolean() });

/** For a JSON column: instants and large integers become text, members that are null are left out. */
export const writeAsked = ({ filter: wanted, scope, columns, format, bom }: ExportAsked): object => ({
  filter: Object.fromEntries(Object.entries(wanted as Record<string, unknown>).flatMap(([name, value]) => (value == null ? [] : [[name, typeof value === 'bigint' ? String(value) : value]]))),
  userId: scope.userId ?? null, ...(scope.userIds && { userIds: scope.userIds }), columns, format, bom,
});

/** Throws on what this version did not write. */
export function readAsked(value: unknown): ExportAsked {
  const { userId, userIds, ...rest } = asked.parse(value);
  return { ...rest, filter: rest.filter as LogFilter, scope: { ...(userId !== null && { userId }), ...(userIds && { userIds }) } };
}
