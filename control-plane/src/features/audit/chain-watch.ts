import { setTimeout as pause } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../database/sql.ts';
import { Loop } from '../../kernel/running/loop.ts';
import { verifyChain } from './verify-chain.ts';

const dayMs = 24 * 60 * 60_000;

/** Reads the whole chain once a day and cries out when somebody has changed it. */
export class ChainWatch extends Loop {
  constructor(orm: MikroORM, log: Logger) {
    super('audit chain', async (signal) => {
      const { events, brokenAt } = await verifyChain(sqlOf(orm.em.fork()));
      if (brokenAt === undefined) log.info({ events }, 'the audit log is whole');
      else log.error({ events, brokenAt }, 'THE AUDIT LOG WAS CHANGED: from this event on it is not what was written');
      await pause(dayMs, undefined, { signal, ref: false });
    }, log);
  }
}
