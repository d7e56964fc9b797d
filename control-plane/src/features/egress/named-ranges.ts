import type { MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { listOption } from '../option/option-values.ts';
import type { NamedRanges } from './egress.ts';

/** What the options allow now; `always` is what the operator's configuration allows for what the operator chooses. */
export const namedRanges = (orm: MikroORM, always: readonly string[]): NamedRanges => async (audience) => {
  const sql = sqlOf(orm.em.fork());
  if (audience === 'user') return listOption(sql, 'notify.private_allowlist');
  return [...always, ...await listOption(sql, 'upstream.private_allowlist')];
};
