import { rest } from '../../kernel/running/rest.ts';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sqlOf } from '../../database/sql.ts';
import type { Clock } from '../../kernel/running/clock.ts';
import { Loop } from '../../kernel/running/loop.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { RelayRegistry } from './relay-registry.ts';
import type { ProviderInfo } from './wire/relay-state.ts';

const everyMs = 2_000;

/** Keeps the table of providers as the relays announce them, so that the list outlives them, and us. */
export class ProviderCatalogue implements Worker {
  private readonly loop: Loop;
  private stored: string | undefined;

  constructor(private readonly orm: MikroORM, private readonly relays: RelayRegistry, private readonly clock: Clock, log: Logger) {
    this.loop = new Loop('provider catalogue', async (signal) => {
      await this.look();
      await rest(everyMs, signal);
    }, log);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async look(): Promise<void> {
    const announced = new Map<number, ProviderInfo>();
    for (const { providers } of await this.relays.live()) for (const info of providers) announced.set(info.type, info);
    const infos = [...announced.values()].toSorted((one, other) => one.type - other.type), text = JSON.stringify(infos);
    if (infos.length === 0 || text === this.stored) return;
    await this.orm.em.fork().transactional(async (em) => {
      const sql = sqlOf(em);
      await sql('delete from provider where type <> all($1::int[])', [infos.map((info) => info.type)]);
      await sql(`
        insert into provider (type, info, announced_at) select (info->>'type')::int, info, $2 from jsonb_array_elements($1::jsonb) info
        on conflict (type) do update set info = excluded.info, announced_at = excluded.announced_at`, [text, this.clock.now()]);
    });
    this.stored = text;
  }
}
