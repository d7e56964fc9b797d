/** Answers relays that are asked, in the words of the old billing addresses, what a key has used. Small and rare: no cache, one transaction each. */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Sql, sqlOf } from '../../database/sql.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import { budgetOf } from '../ledger/account-name.ts';
import { flagOption, integerOption, textOption } from '../option/option-values.ts';
import { relayIdText, rowId } from '../relay-link/link-text.ts';
import type { MessageSeal } from '../relay-link/message-seal.ts';
import type { RelayChannel } from '../relay-link/relay-channel.ts';
import { type Entry, StreamConsumer } from '../relay-link/stream-consumer.ts';
import type { BillingFigures, BillingQuestion, BillingShare } from '../relay-link/wire/figures.ts';

interface Parts { orm: MikroORM; redis: Redis; seal: MessageSeal; relays: RelayChannel; log: Logger }

/** Whoever asked has given up by then. */
const oldestMs = 5_000;
const instant = z.int().min(0).max(253_402_300_799_999);
const form = z.object({ relayId: relayIdText, nonce: z.string().regex(/^[\w-]{1,64}$/), tokenId: rowId, from: instant, to: instant }) satisfies z.ZodType<BillingQuestion>;

export class BillingDesk implements Worker {
  private readonly consumer: StreamConsumer;

  constructor(private readonly parts: Parts) {
    const { redis, seal, log } = parts;
    this.consumer = new StreamConsumer({ stream: 'weir:figures', group: 'billing', atOnce: 16, oldestMs, redis, seal, log, take: (entries) => this.take(entries) });
  }

  start(): void { this.consumer.start(); }

  stop(): Promise<void> { return this.consumer.stop(); }

  private async take(entries: Entry[]): Promise<void> {
    for (const { json } of entries) {
      const question = this.read(json);
      const figures = question && await readFigures(sqlOf(this.parts.orm.em.fork()), question);
      if (figures) await this.parts.relays.tell(question.relayId, { figures });
    }
  }

  private read(json: string): BillingQuestion | undefined {
    try { return form.parse(JSON.parse(json)); } catch (error) { this.parts.log.warn({ err: error }, 'a question of a relay has no known form'); return undefined; }
  }
}

interface Key { userId: number; unlimited: boolean; used: string; userUsed: string; since: number; expiresAt: number | null; budget: string | null; wallet: string | null }

const key = `select t.user_id as "userId", t.unlimited, t.used_quota::text as used, u.used_quota::text as "userUsed", (extract(epoch from t.created_at) * 1000)::float8 as since,
  (extract(epoch from t.expires_at) * 1000)::float8 as "expiresAt", b.balance::text as budget, w.balance::text as wallet
  from token t join user_account u on u.id = t.user_id left join account b on b.name = $2 left join account w on w.name = 'user:' || t.user_id where t.id = $1`;

const shares = (name: string, whose: string) => `select ${name} as name, sum(quota)::text as quota from usage_hour
  where hour >= $1 and hour < $2 and ${whose} = $3 group by 1 having sum(quota) > 0 order by 1 limit 1000`;

/** Undefined: there is no such token. */
async function readFigures(sql: Sql, { nonce, tokenId, from, to }: BillingQuestion): Promise<BillingFigures | undefined> {
  const [found] = await sql<Key>(key, [tokenId, budgetOf(tokenId)]);
  if (!found) return undefined;
  const [ofKey, quotaPerUnit, display, rate] = await Promise.all([
    flagOption(sql, 'DisplayTokenStatEnabled'), integerOption(sql, 'QuotaPerUnit'), textOption(sql, 'general_setting.quota_display_type'), textOption(sql, 'USDExchangeRate'),
  ]);
  const whose = ofKey ? 'token_id' : 'user_id', span = [new Date(from), new Date(to), ofKey ? tokenId : found.userId];
  const day = "to_char(hour at time zone 'UTC', 'YYYY-MM-DD')";
  return {
    nonce, quotaPerUnit: Number(quotaPerUnit), display, rate, since: Math.round(found.since), expiresAt: found.expiresAt === null ? null : Math.round(found.expiresAt),
    unlimited: ofKey && found.unlimited, remaining: (ofKey && !found.unlimited ? found.budget : found.wallet) ?? '0', used: ofKey ? found.used : found.userUsed,
    days: await sql<BillingShare>(shares(day, whose), span), models: await sql<BillingShare>(shares('model', whose), span),
  };
}
