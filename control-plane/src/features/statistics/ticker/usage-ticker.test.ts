import { parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { usageEvent } from '../../../testing/usage-event.ts';
import { insertLogs } from '../../log/insert-logs.ts';
import { UsageTicker } from './usage-ticker.ts';

let app: TestApp, me: Principal, other: Principal;
beforeAll(async () => {
  app = await startTestApp();
  [me, other] = [await app.user(), await app.user()];
  const rows = (userId: number, ago: number, serial: string, values: object = {}) => usageEvent({ chargeId: serial, userId, amount: '30', startedAt: app.clock.now().getTime() - ago - 10, endedAt: app.clock.now().getTime() - ago, ...values });
  await app.base.orm.em.fork().transactional(async (em) => {
    await insertLogs(sqlOf(em), [rows(me.userId, 1_000, 'a'), rows(me.userId, 59_000, 'b'), rows(me.userId, 61_000, 'too old'), rows(other.userId, 2_000, 'c')], app.clock.now());
  });
});
afterAll(() => app.stop());

async function first(args: string, as: Principal): Promise<unknown> {
  const result = await subscribe({ schema: app.schema, document: parse(`subscription { usageTicker${args} { rpm tpm quotaPerMinute errorRate } }`), contextValue: await app.context(as) });
  if ('errors' in result) return result.errors!.map(({ extensions }) => extensions.code);
  const stream = result as AsyncGenerator<Data>, { value } = await stream.next();
  await stream.return(undefined);
  return (value as Data).data.usageTicker;
}

describe('usageTicker', () => {
  it('has the last minute of the caller, or of everybody', async () => {
    const sums = async (where: string) => (await sqlOf(app.base.orm.em.fork())<{ rpm: number }>(`select count(*)::int as rpm, sum(prompt_tokens + completion_tokens)::text as tpm, sum(quota)::text as "quotaPerMinute" from log where created_at > '2026-11-20T11:59:00Z' ${where}`))[0]!;
    const [own, all] = [await sums(`and user_id = ${me.userId}`), await sums('')];
    expect(own.rpm).toBeLessThan(all.rpm);
    expect(await first('', me)).toEqual({ ...own, errorRate: 0 });
    expect(await first('(scope: ANY)', await app.user({ role: 10 }))).toEqual({ ...all, errorRate: 0 });
  });

  it('is refused to those who may not see everybody, and at another pace', async () => {
    expect([await first('(scope: ANY)', me), await first('(intervalSeconds: 0)', me), await first('(intervalSeconds: 301)', me)]).toEqual([['FORBIDDEN'], ['BAD_USER_INPUT'], ['BAD_USER_INPUT']]);
  });
});

it('ticks at once, then at its pace, and ends while it waits', async () => {
  const waits: number[] = [];
  let ended = 0, wake = () => {};
  const sleep = (ms: number, signal: AbortSignal) => new Promise<void>((resolve) => { waits.push(ms); wake = resolve; signal.addEventListener('abort', () => resolve()); });
  const ticker = new UsageTicker({ sql: () => sqlOf(app.base.orm.em.fork()), clock: app.clock, sleep }, { userId: me.userId, everyMs: 7_000 }, () => { ended += 1; });
  expect((await ticker.next()).done).toBe(false);
  const second = ticker.next();
  wake();
  expect([(await second).done, waits]).toEqual([false, [7_000]]);
  const third = ticker.next();
  await ticker.return();
  await ticker.return();
  expect([(await third).done, ended]).toEqual([true, 1]);
});
