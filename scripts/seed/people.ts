/** Users with wallets, keys, channels, codes and tasks. Numbers of users, keys and channels begin behind `bases`. */
import { daysAgo, fraction, oneOf, series, skewed, upTo } from './chance.ts';
import type { Load } from './fast-load.ts';
import type { Sizes } from './sizes.ts';

/** What the sequences stood at: row n has the number base + n, so that no row has to be looked up to be referred to. */
export interface Bases { user: number; token: number; channel: number; transaction: number }

export const models = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'o3', 'claude-sonnet-4-5', 'claude-opus-4-5', 'claude-haiku-4-5', 'gemini-2.5-pro', 'gemini-2.5-flash', 'deepseek-chat', 'deepseek-reasoner', 'qwen-max'];

export const groupOf = (of = 'n'): string => `case when ${fraction(3, of)} < 0.9 then 'default' when ${fraction(3, of)} < 0.99 then 'vip' else 'svip' end`;

const used = (column: string): string => `left join (select ${column} as key, sum(quota)::bigint as quota, sum(requests)::int as requests from usage_hour group by 1) used on used.key`;

/** After the log: a row is written once, with what its owner used. */
export const users = ({ users: count }: Sizes, { user }: Bases): Load => ({
  name: 'users', tables: ['user_account'],
  statements: [`insert into user_account (id, username, display_name, password_hash, role, group_name, email, created_at, used_quota, request_count, status, deleted_at)
    select ${user} + n, 's' || n, ${oneOf(['Ada', 'Grace', 'Linus', 'Wei', 'Mia', 'Noor'], 1)} || ' ' || n, '!', case when n % 50000 = 0 then 10 else 1 end, ${groupOf()}, 's' || n || '@example.com',
      ${daysAgo(700, 2)}, coalesce(used.quota, 0), coalesce(used.requests, 0), case when n % 97 = 0 then 'DISABLED' else 'ENABLED' end, case when n % 211 = 0 then now() end
    from ${series(count)} ${used('user_id')} = ${user} + n`],
});

export const wallets = ({ users: count }: Sizes, { user, transaction }: Bases): Load => ({
  name: 'wallets and grants', tables: ['account', 'ledger_transaction', 'ledger_entry'],
  statements: [
    `insert into account (name, kind, balance) select 'user:' || ${user} + n, 'WALLET', 500000 from ${series(count)}`,
    `insert into ledger_transaction (id, reference, kind, input_hash, account, balance_after, at) select ${transaction} + n, 'seed:' || ${user} + n, 'GRANT', '', 'user:' || ${user} + n, 500000, now() from ${series(count)}`,
    `insert into ledger_entry (transaction_id, account, amount, balance_after) select ${transaction} + n, account, amount, after
      from ${series(count)}, lateral (values ('user:' || ${user} + n, 500000, 500000), ('system:promo', -500000, null)) leg (account, amount, after)`,
  ],
});

export const tokens = ({ users: owners, tokens: count }: Sizes, { user, token }: Bases): Load => ({
  name: 'keys', tables: ['token'],
  statements: [`insert into token (id, user_id, key_hash, masked_key, name, created_at, unlimited, allow_ips, group_name, status, accessed_at, expires_at, used_quota)
    select ${token} + n, ${user} + 1 + (n - 1) % ${owners}, md5('seed' || n) || md5('hash' || n), 'sk-seed**********' || lpad(n::text, 4, '0'), 'key ' || n, ${daysAgo(600, 4)}, true, '{}',
      case when n % 20 = 0 then 'vip' else '' end, case when n % 41 = 0 then 'DISABLED' else 'ENABLED' end, case when n % 9 > 0 then ${daysAgo(60, 5)} end,
      case when n % 5 = 0 then now() + (${fraction(27)} * 300) * interval '1 day' end, coalesce(used.quota, 0)
    from ${series(count)} ${used('token_id')} = ${token} + n`],
});

export const channels = ({ channels: count }: Sizes, { channel }: Bases): Load => ({
  name: 'channels', tables: ['channel', 'channel_credential'],
  statements: [
    `insert into channel (id, name, type, status, models, group_names, priority, weight, tag, created_at, response_time_ms, used_quota)
      select ${channel} + n, 'channel ' || n, ${oneOf(['1', '14', '24', '43'], 6)}::int, case when n % 13 = 0 then 'AUTO_DISABLED' else 'ENABLED' end, array[${oneOf(models, 7)}, ${oneOf(models, 8)}], array[${groupOf()}],
        ${upTo(10, 9)}, 1 + n % 5, case when n % 4 = 0 then 'tag ' || n % 50 end, ${daysAgo(300, 10)}, ${upTo(3_000, 11)}, coalesce(used.quota, 0) from ${series(count)} ${used('channel_id')} = ${channel} + n`,
    `insert into channel_credential (channel_id, position, masked, created_at) select ${channel} + n, 0, 'sk-…' || n, now() from ${series(count)}`,
  ],
});

export const codesAndTasks = ({ users: owners, channels: most, codes, tasks }: Sizes, { user, channel }: Bases): Load => ({
  name: 'codes and tasks', tables: ['redemption', 'task'],
  statements: [
    `with batch as (insert into redemption_batch (created_by_id, idempotency_key, input_hash, created_at) values (${user} + 1, 'seed ' || clock_timestamp(), '', now()) returning id, created_by_id)
      insert into redemption (batch_row, code, name, quota, created_at, created_by_id, expires_at)
      select batch.id, md5('code' || n || clock_timestamp()), 'gift ' || n % 500, 1000 * (1 + n % 9), ${daysAgo(300, 12)}, created_by_id, case when n % 3 = 0 then now() + interval '90 days' end from ${series(codes)}, batch`,
    `insert into task (task_id, platform, action, user_id, channel_id, group_name, model, status, progress, quota, created_at, updated_at, submitted_at)
      select 'task_' || md5('task' || n || clock_timestamp()), ${oneOf(['suno', '50', '55'], 13)}, ${oneOf(['MUSIC', 'generate', 'textGenerate'], 14)}, ${user} + ${skewed(owners, 18)}, ${channel} + ${skewed(most, 15)}, 'default', 'sora-2',
        ${oneOf(['SUCCESS', 'SUCCESS', 'FAILURE', 'IN_PROGRESS'], 16)}, 100, 5000, at, at, at from (select n, ${daysAgo(30, 17)} as at from ${series(tasks)}) made`,
  ],
});
