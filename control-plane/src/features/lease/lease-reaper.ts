import { rest } from '../../kernel/running/rest.ts';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../database/sql.ts';
import { Loop } from '../../kernel/running/loop.ts';
import { LeaseBook } from './lease-book.ts';

const everyMs = 5_000;

/** Ends what has lapsed. Any number of instances may do it at once. */
export class LeaseReaper extends Loop {
  constructor(orm: MikroORM, freed: (accounts: string[]) => void, log: Logger) {
    const book = new LeaseBook();
    super('lease reaper', async (signal) => {
      const { suspended, lost } = await orm.em.fork().transactional((em) => book.reap(sqlOf(em)));
      if (suspended > 0) log.warn({ leases: suspended }, 'leases: lapsed with something left, in suspense for 24 h');
      if (lost.length > 0) log.error({ accounts: lost.slice(0, 20) }, 'leases: lost; what their relays report later is platform loss');
      freed(lost);
      await rest(everyMs, signal);
    }, log);
  }
}
