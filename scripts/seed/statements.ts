/**
 * A large data set, made inside PostgreSQL: nothing travels. Everything hangs together (wallets are what their entries sum to,
 * statistics are what the log says), so the auditor finds the books clean. Numbers follow from the row's own, so that two runs of
 * the same sizes give the same rows.
 */
import type { Sizes } from './sizes.ts';

export interface Statement { name: string; sql: string }

const series = (count: number): string => `generate_series(1, ${count}) n`;

/** A fraction from 0 to 1 that looks random and is not; `salt` gives another one for the same row. */
const fraction = (salt: number): string => `(('x' || substr(md5(n::text || ':${salt}'), 1, 8))::bit(32)::bigint & 2147483647) / 2147483648.0`;
/** Few have most of it, as in life. */
const skewed = (count: number, salt: number): string => `1 + floor(${count} * power(${fraction(salt)}, 3))::int`;
const oneOf = (words: readonly string[], salt: number): string => `(array[${words.map((word) => `'${word}'`).join(', ')}])[1 + floor(${words.length} * ${fraction(salt)})::int]`;

const models = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'o3', 'claude-sonnet-4-5', 'claude-opus-4-5', 'claude-haiku-4-5', 'gemini-2.5-pro', 'gemini-2.5-flash', 'deepseek-chat', 'deepseek-reasoner', 'qwen-max'];
const groups = `case when ${fraction(3)} < 0.9 then 'default' when ${fraction(3)} < 0.99 then 'vip' else 'svip' end`;

const partitions = (table: string, days: number): string => `do $$ declare month date := date_trunc('month', now() - interval '${days} days');
  begin while month < date_trunc('month', now()) loop
    execute format('create table if not exists %I partition of ${table} for values from (%L) to (%L)', '${table}_' || to_char(month, 'YYYYMM'), month, month + interval '1 month');
    month := month + interval '1 month';
  end loop; end $$`;

const people = ({ users }: Sizes): Statement[] => [
  { name: 'users', sql: `insert into user_account (username, display_name, password_hash, role, group_name, email, created_at, used_quota, request_count, status)
    select 's' || n, ${oneOf(['Ada', 'Grace', 'Linus', 'Wei', 'Mia', 'Noor'], 1)} || ' ' || n, '!', case when n % 50000 = 0 then 10 else 1 end, ${groups}, 's' || n || '@example.com',
      now() - (${fraction(2)} * 700) * interval '1 day', 0, 0, case when n % 97 = 0 then 'DISABLED' else 'ENABLED' end from ${series(users)}` },
  { name: 'wallets', sql: `insert into account (name, kind, balance) select 'user:' || id, 'WALLET', 500000 from user_account where username ~ '^s[0-9]+$' on conflict do nothing` },
  { name: 'grants', sql: `with made as (insert into ledger_transaction (reference, kind, input_hash, account, balance_after, at)
      select 'seed:' || name, 'GRANT', '', name, balance, now() from account where kind = 'WALLET' and balance > 0 and not exists (select from ledger_entry e where e.account = account.name) returning id, account, balance_after)
    insert into ledger_entry (transaction_id, account, amount, balance_after)
      select id, account, balance_after, balance_after from made union all select id, 'system:promo', -balance_after, null from made` },
];

const things = ({ users, tokens, channels, codes, tasks }: Sizes): Statement[] => [
  { name: 'tokens', sql: `insert into token (user_id, key_hash, masked_key, name, created_at, unlimited, allow_ips, group_name, status, accessed_at)
    select o.id, md5('seed' || n) || md5('hash' || n), 'sk-seed**********' || lpad(n::text, 4, '0'), 'key ' || n, now() - (${fraction(4)} * 600) * interval '1 day', true, '{}', '',
      case when n % 41 = 0 then 'DISABLED' else 'ENABLED' end, now() - (${fraction(5)} * 60) * interval '1 day'
    from ${series(tokens)} join (select id, row_number() over (order by id) as place from user_account where username ~ '^s[0-9]+$') o on o.place = 1 + (n - 1) % ${users}` },
  { name: 'channels', sql: `insert into channel (name, type, status, models, group_names, priority, weight, tag, created_at, response_time_ms, used_quota)
    select 'channel ' || n, ${oneOf(['1', '14', '24', '43'], 6)}::int, case when n % 13 = 0 then 'AUTO_DISABLED' else 'ENABLED' end, array[${oneOf(models, 7)}, ${oneOf(models, 8)}], array[${groups}],
      floor(${fraction(9)} * 10)::int, 1 + n % 5, case when n % 4 = 0 then 'tag ' || n % 50 end, now() - (${fraction(10)} * 300) * interval '1 day', floor(${fraction(11)} * 3000)::int, 0 from ${series(channels)}` },
  { name: 'credentials', sql: `insert into channel_credential (channel_id, position, masked, created_at) select id, 0, 'sk-…' || id, now() from channel where name ~ '^channel [0-9]+$'` },
  { name: 'codes', sql: `with batch as (insert into redemption_batch (created_by_id, idempotency_key, input_hash, created_at) select min(id), 'seed ' || clock_timestamp(), '', now() from user_account returning id, created_by_id)
    insert into redemption (batch_row, code, name, quota, created_at, created_by_id, expires_at)
      select batch.id, md5('code' || n || clock_timestamp()), 'gift ' || n % 500, 1000 * (1 + n % 9), now() - (${fraction(12)} * 300) * interval '1 day', created_by_id, case when n % 3 = 0 then now() + interval '90 days' end
      from ${series(codes)}, batch` },
  { name: 'tasks', sql: `insert into task (task_id, platform, action, user_id, channel_id, group_name, model, status, progress, quota, created_at, updated_at, submitted_at)
    select 'task_' || md5('task' || n || clock_timestamp()), ${oneOf(['suno', '50', '55'], 13)}, ${oneOf(['MUSIC', 'generate', 'textGenerate'], 14)}, o.id, ${skewed(channels, 15)}, 'default', 'sora-2',
      ${oneOf(['SUCCESS', 'SUCCESS', 'FAILURE', 'IN_PROGRESS'], 16)}, 100, 5000, at, at, at
    from (select n, now() - (${fraction(17)} * 30) * interval '1 day' as at, ${skewed(users, 18)} as place from ${series(tasks)}) n
    join (select id, row_number() over (order by id) as place from user_account where username ~ '^s[0-9]+$') o using (place)` },
];

/** In slices, so that no statement holds five million rows of anything. */
function logs({ logs: count, users, channels, days }: Sizes): Statement[] {
  const slice = 500_000, statements: Statement[] = [];
  for (let from = 0; from < count; from += slice) {
    const rows = Math.min(slice, count - from);
    statements.push({ name: `log ${from + rows}`, sql: `insert into log (created_at, type, user_id, username, token_id, token_name, channel_id, channel_name, group_name, model, quota, prompt_tokens,
      completion_tokens, duration_ms, first_byte_ms, stream, status, failure, request_id, dialect, path)
    select now() - interval '${days} days' + (n * ${days}.0 * 86400 / ${count}) * interval '1 second', case when n % 50 = 0 then 5 else 2 end, o.id, o.username, coalesce(t.id, 0), coalesce(t.name, ''),
      ${skewed(channels, 19)}, 'channel', o.group_name, ${oneOf(models, 20)}, case when n % 50 = 0 then 0 else 1 + floor(${fraction(21)} * 5000)::int end, floor(${fraction(22)} * 4000)::int,
      floor(${fraction(23)} * 1500)::int, floor(${fraction(24)} * 20000)::int, floor(${fraction(25)} * 2000)::int, n % 3 <> 0, case when n % 50 = 0 then 429 else 200 end,
      case when n % 50 = 0 then 'upstream_rate_limited' end, 'seed-' || n || '-' || extract(epoch from now())::bigint, 'openai-chat', '/v1/chat/completions'
    from (select n + ${from} as n, ${skewed(users, 26).replaceAll('n::text', `(n + ${from})::text`)} as place from ${series(rows)}) n
    join seeded_owner o using (place) left join seeded_token t on t.user_id = o.id` });
  }
  return [
    { name: 'owners', sql: `create temporary table seeded_owner as select id, username, group_name, row_number() over (order by id) as place from user_account where username ~ '^s[0-9]+$'` },
    { name: 'owners by place', sql: 'create unique index on seeded_owner (place)' },
    { name: 'their tokens', sql: 'create temporary table seeded_token as select distinct on (user_id) id, user_id, name from token order by user_id, id' },
    { name: 'tokens by owner', sql: 'create unique index on seeded_token (user_id)' },
    { name: 'months of the log', sql: partitions('log', days) }, { name: 'months of the statistics', sql: partitions('usage_hour', days) },
    ...statements,
    { name: 'statistics', sql: `insert into usage_hour select date_trunc('hour', created_at), user_id, token_id, coalesce(channel_id, 0), group_name, model, count(*) filter (where type = 2),
      count(*) filter (where type = 5), sum(quota), coalesce(sum(prompt_tokens) filter (where type = 2), 0), coalesce(sum(completion_tokens) filter (where type = 2), 0) from log where request_id like 'seed-%' group by 1, 2, 3, 4, 5, 6 on conflict do nothing` },
    { name: 'totals', sql: `insert into usage_hour_total select hour, group_name, model, sum(requests), sum(errors), sum(quota), sum(prompt_tokens), sum(completion_tokens) from usage_hour group by 1, 2, 3
      on conflict (hour, group_name, model) do update set requests = excluded.requests, errors = excluded.errors, quota = excluded.quota, prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens` },
    { name: 'what users used', sql: `update user_account u set used_quota = s.quota, request_count = s.requests from (select user_id, sum(quota) as quota, sum(requests)::int as requests from usage_hour group by 1) s where s.user_id = u.id` },
  ];
}

const tables = ['user_account', 'account', 'ledger_transaction', 'ledger_entry', 'token', 'channel', 'channel_credential', 'redemption', 'task', 'log', 'usage_hour'];

export const seedStatements = (sizes: Sizes): Statement[] => [...people(sizes), ...things(sizes), ...logs(sizes), ...tables.map((table) => ({ name: `vacuum ${table}`, sql: `vacuum (analyze) ${table}` }))];
