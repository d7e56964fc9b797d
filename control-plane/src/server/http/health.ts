/** /livez: the process answers. /readyz: it can also reach what it needs, and is not on its way out. */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Redis } from 'ioredis';
import { jsonAnswer, type HttpAnswer } from '../../kernel/http/http-message.ts';

const patienceMs = 2_000;

export interface Health {
  live(): HttpAnswer;
  ready(): Promise<HttpAnswer>;
  /** From now on not ready, so that a balancer sends nobody here. */
  close(): void;
}

async function works(check: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(resolve, patienceMs, false); });
  const result = await Promise.race([check.then(() => true, () => false), late]);
  clearTimeout(timer);
  return result;
}

export function healthOf(orm: MikroORM, redis: Redis): Health {
  let closing = false;
  return {
    live: () => jsonAnswer(200, { live: true }),
    ready: async () => {
      const [database, events] = await Promise.all([works(orm.em.getConnection().execute('select 1')), works(redis.ping())]);
      const ready = database && events && !closing;
      return jsonAnswer(ready ? 200 : 503, { ready, postgresql: database, redis: events, ...(closing && { stopping: true }) });
    },
    close: () => { closing = true; },
  };
}
