import pg from 'pg';
import { load, type Load } from './fast-load.ts';
import { channels, codesAndTasks, tokens, users, wallets, type Bases } from './people.ts';
import type { Sizes } from './sizes.ts';
import { log, statistics } from './traffic.ts';

type Tell = (name: string, ms: number) => void;

/** Next to each other on two connections, lane by lane; each line waits for the one before. */
const plan = (sizes: Sizes, bases: Bases): Load[][][] => [
  [[log(sizes, bases), statistics(sizes)], [wallets(sizes, bases)]],
  [[users(sizes, bases)], [channels(sizes, bases)]],
  [[tokens(sizes, bases)], [codesAndTasks(sizes, bases)]],
];

/** Takes the numbers of the rows out of the sequences, so that a running instance does not draw them, too. */
async function reserve(client: pg.Client, sizes: Sizes): Promise<Bases> {
  const take = async (sequence: string, count: number): Promise<number> => {
    const { rows } = await client.query<{ end: string }>(`select setval($1::regclass, nextval($1::regclass) + $2) as end`, [sequence, count]);
    return Number(rows[0]!.end) - count;
  };
  const { rowCount } = await client.query(`select from user_account where username = 's1'`);
  if (rowCount) throw new Error('this database has been seeded before: begin with an empty one');
  return {
    user: await take('user_account_id_seq', sizes.users), token: await take('token_id_seq', sizes.tokens),
    channel: await take('channel_id_seq', sizes.channels), transaction: await take('ledger_transaction_id_seq', sizes.users),
  };
}

/**
 * Fills a migrated database with rows made inside PostgreSQL: nothing travels. Everything hangs together (wallets are what their
 * entries sum to, statistics are what the log says), so the auditor finds the books clean. Commits after each step.
 *
 * @param tell is called with each step and how long it took, in milliseconds
 */
export async function seed(databaseUrl: string, sizes: Sizes, tell: Tell = () => {}): Promise<void> {
  const clients = [0, 1].map(() => new pg.Client({ connectionString: databaseUrl }));
  const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const begun = performance.now();
    await work();
    tell(name, performance.now() - begun);
  };
  try {
    for (const client of clients) {
      await client.connect();
      await client.query(`set synchronous_commit = off; set work_mem = '512MB'; set maintenance_work_mem = '1GB'; set jit = off`);
    }
    const lines = plan(sizes, await reserve(clients[0]!, sizes));
    for (const lanes of lines) await Promise.all(lanes.map(async (lane, index) => { for (const each of lane) await timed(each.name, () => load(clients[index]!, each)); }));
    const tables = new Set(lines.flat(2).flatMap((each) => each.tables)), rest = [...tables].values();
    await Promise.all(clients.map(async (client) => { for (const table of rest) await timed(`vacuum ${table}`, () => client.query(`vacuum (analyze) ${table}`)); }));
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
