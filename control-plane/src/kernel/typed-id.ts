/**
 * Public ids: a prefix that names the type, and the row's number (`ch_42`). Arguments also take the bare number, because
 * the field already fixes the type (graphql-design 5).
 */
import { GraphQLError } from 'graphql';

export const prefixes = {
  user: 'usr',
  token: 'tok',
  channel: 'ch',
  credential: 'cred',
  log: 'log',
  ledgerEntry: 'led',
  session: 'ses', passkey: 'pk',
  redemption: 'rdm',
  redemptionBatch: 'rdb', topUp: 'top', notification: 'ntf',
  job: 'job', export: 'exp',
  model: 'mdl',
  vendor: 'vnd',
  prefillGroup: 'pfg',
  auditEvent: 'aud',
  task: 'tsk',
  drawing: 'drw',
  integrationKey: 'ikey',
} as const;
export type IdKind = keyof typeof prefixes;

const large = new Set<IdKind>(['log', 'ledgerEntry', 'auditEvent', 'task', 'drawing']);

export const typedId = (kind: IdKind, id: number): string => `${prefixes[kind]}_${id}`;

/** The row's number; a wrong prefix or a malformed id is INVALID_ID, never "not found". */
export function readId(kind: IdKind, text: string): number {
  const match = /^(?:([a-z]+)_)?([1-9]\d{0,14})$/.exec(text);
  if (!match || (match[1] !== undefined && match[1] !== prefixes[kind])) {
    throw new GraphQLError(`"${text.slice(0, 40)}" is not the id of a ${kind}: it looks like ${prefixes[kind]}_42`, { extensions: { code: 'INVALID_ID' } });
  }
  const row = Number(match[2]);
  // Row numbers have 32 bits, but for those that grow with the traffic. Nothing has the id -1: a larger one is "not found", no fault of the database.
  return row <= 2_147_483_647 || large.has(kind) ? row : -1;
}
