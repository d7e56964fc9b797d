/** What must be zero. Each check is one query that gives a line for each fault that it finds. */
import { brokenLinks } from '../audit/verify-chain.ts';

export interface AuditCheck {
  name: string;
  /** What a finding means, for the person who is woken by it. */
  meaning: string;
  /** Selects one text column `finding`. */
  sql: string;
}

/** What open leases still block, by account. */
export const blockedByLeases = `
  select account, sum(greatest(0, granted - spent - returned)) as amount from lease where state in ('OPEN', 'SUSPENSE') group by account`;

export const auditChecks: readonly AuditCheck[] = [
  {
    name: 'drift',
    meaning: 'A cached balance is not the sum of its entries.',
    sql: `select format('%s: balance %s, entries %s', a.name, a.balance, coalesce(e.sum, 0)) as finding
      from account a left join (select account, sum(amount) as sum from ledger_entry group by account) e on e.account = a.name
      where a.kind <> 'SYSTEM' and a.balance <> coalesce(e.sum, 0)`,
  },
  {
    name: 'lease drift',
    meaning: 'What an account has lent out is not what its open leases have left.',
    sql: `select format('%s: leased %s, open leases %s', a.name, a.leased, coalesce(l.amount, 0)) as finding
      from account a left join (${blockedByLeases}) l on l.account = a.name where a.leased <> coalesce(l.amount, 0)`,
  },
  {
    name: 'unbalanced',
    meaning: 'The entries of a transaction do not sum to zero, money and limits apart.',
    sql: `select format('transaction %s: %s', transaction_id, sum(amount)) as finding from ledger_entry
      group by transaction_id, account like 'token:%' or account = 'system:token_limit' having sum(amount) <> 0`,
  },
  {
    name: 'charges and postings',
    meaning: 'What a charge says and what was posted for it differ.',
    sql: `select format('%s: amount %s, posted %s; loss %s, posted %s', c.charge_id, c.amount, coalesce(p.amount, 0), c.platform_loss, coalesce(p.loss, 0)) as finding
      from charge c left join (
        select t.reference, -sum(e.amount) filter (where t.kind = 'CONSUME' and e.account like 'user:%') as amount,
          -sum(e.amount) filter (where t.kind = 'LOSS' and e.account = 'system:platform_loss') as loss
        from ledger_transaction t join ledger_entry e on e.transaction_id = t.id where t.kind in ('CONSUME', 'LOSS') group by t.reference
      ) p on p.reference = c.charge_id
      where c.amount <> coalesce(p.amount, 0) or c.platform_loss <> coalesce(p.loss, 0)`,
  },
  {
    name: 'recomputed',
    meaning: 'Tokens and price as stored do not give what was charged (LED-13). What was moved to platform loss counts as charged.',
    sql: `select format('%s: charged %s, its price gives %s', request_id, quota, due) as finding from (
        select request_id, quota, loss, case when weight <= 0 then 0 when mode = 'TIERED' then round(weight) else greatest(1, round(weight)) end as due from (
          select l.request_id, l.quota, p.price->>'mode' as mode, (l.detail->>'platformLoss')::numeric as loss, (p.price->>'groupRatio')::numeric * 0.000000000001
            * case when p.price->>'mode' = 'PER_CALL' then (p.price->>'quotaPerUnit')::numeric
              when p.price->>'mode' = 'TIERED' then (p.price->>'quotaPerUnit')::numeric * 0.000001 else (p.price->>'modelRatio')::numeric * 0.000001 end
            * (select coalesce(sum((line->>'tokens')::numeric * (line->>'ratio')::numeric), 0) from jsonb_array_elements(p.price->'lines') line) as weight
          from log l cross join lateral (select l.detail->'price' as price) p where l.type in (2, 5) and jsonb_typeof(p.price) = 'object'
        ) weighed
      ) priced where due < quota or due > quota + loss`,
  },
  {
    name: 'postings without a charge',
    meaning: 'Something was consumed for which no outcome is kept.',
    sql: `select format('transaction %s of %s', t.id, t.reference) as finding from ledger_transaction t
      where t.kind in ('CONSUME', 'LOSS') and not exists (select from charge c where c.charge_id = t.reference)`,
  },
  {
    name: 'without outcome',
    meaning: 'A lease is open past its end, or in suspense for more than a day: what was reserved of it has no outcome.',
    sql: `select format('lease %s of %s: %s since %s', id, account, state, expires_at) as finding from lease
      where granted > spent + returned and ((state = 'OPEN' and expires_at < now() - interval '1 minute') or (state = 'SUSPENSE' and expires_at < now() - interval '25 hours'))`,
  },
  {
    name: 'duplicates',
    meaning: 'A request was posted, or stands in the log, more than once.',
    sql: `select format('%s posted %s times', reference, count(*)) as finding from ledger_transaction where kind in ('CONSUME', 'LOSS') group by reference, kind having count(*) > 1
      union all
      select format('%s in the log %s times', request_id, count(*)) from log where request_id is not null group by request_id having count(*) > 1`,
  },
  {
    name: 'dead letters',
    meaning: 'A record of a relay could not be posted and was set aside.',
    sql: `select format('%s of relay %s, epoch %s: %s', sequence, relay_id, epoch, reason) as finding from dead_letter`,
  },
  {
    name: 'audit log',
    meaning: 'An event of the audit log is not what was written, or the one before it is gone.',
    sql: `select format('event %s', id) as finding from (${brokenLinks}) broken`,
  },
];
