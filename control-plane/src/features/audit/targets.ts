/** What an event is about: the ids that people and programs know. */
import { prefixes, typedId, type IdKind } from '../../kernel/typed-id.ts';
import type { AuditChange } from './audit-change.type.ts';

const mostTargets = 50;

const tableKinds: Readonly<Record<string, IdKind>> = { user_account: 'user', channel_credential: 'credential' };

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const isKind = (name: string): name is IdKind => Object.hasOwn(prefixes, name);

function changed({ table, row }: AuditChange): string {
  const kind = tableKinds[table] ?? camel(table);
  return isKind(kind) && /^\d+$/.test(row) ? typedId(kind, Number(row)) : `${table}:${row}`;
}

/** An id as the caller gave it; a bare number gets the prefix that the mutation's name tells. */
function named(action: string, id: unknown): string | undefined {
  if (typeof id !== 'string' || id.length > 64) return undefined;
  if (!/^\d+$/.test(id)) return id;
  const [kind] = Object.keys(prefixes).filter((name) => action.startsWith(name)).sort((one, other) => other.length - one.length);
  return kind && isKind(kind) ? typedId(kind, Number(id)) : id;
}

export function targetsOf(action: string, args: Readonly<Record<string, unknown>>, changes: readonly AuditChange[]): string[] {
  const ids: unknown[] = [args.id, ...(Array.isArray(args.ids) ? args.ids : [])];
  const all = [...ids.map((id) => named(action, id)), ...changes.map(changed)].filter((target) => target !== undefined);
  return [...new Set(all)].slice(0, mostTargets);
}
