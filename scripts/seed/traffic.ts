/** The log and what is added up of it. Few people make most of the requests. */
import { fraction, oneOf, series, skewed, upTo } from './chance.ts';
import type { Load } from './fast-load.ts';
import { groupOf, models, type Bases } from './people.ts';
import type { Sizes } from './sizes.ts';

const months = (table: string, days: number): string => `do $$ declare month date := date_trunc('month', now() - interval '${days} days');
  begin while month < date_trunc('month', now()) loop
    execute format('create table if not exists %I partition of ${table} for values from (%L) to (%L)', '${table}_' || to_char(month, 'YYYYMM'), month, month + interval '1 month');
    month := month + interval '1 month';
  end loop; end $$`;

// Of a thousand rows twenty are errors, one is a top-up and one an administrator's note.
const kind = `case when n % 50 = 0 then 5 when n % 1000 = 7 then 1 when n % 1000 = 9 then 3 else 2 end`;

export function log({ logs, users, tokens, channels, days }: Sizes, { user, token, channel }: Bases): Load {
  const hasKey = `type in (2, 5) and place <= ${tokens}`;
  return {
    name: 'log', tables: ['log'],
    statements: [
      months('log', days),
      `insert into log (created_at, type, user_id, username, token_id, token_name, channel_id, channel_name, group_name, model, quota, prompt_tokens,
        completion_tokens, duration_ms, first_byte_ms, stream, status, failure, request_id, dialect, path, content)
      select now() - interval '${days} days' + (n * ${(days * 86_400) / logs}::float8) * interval '1 second', type, ${user} + place, 's' || place, case when ${hasKey} then ${token} + place else 0 end,
        case when ${hasKey} then 'key ' || place else '' end, ${channel} + ${skewed(channels, 19)}, 'channel', ${groupOf('place')}, case when type in (2, 5) then ${oneOf(models, 20)} else '' end,
        case when type = 2 then 1 + ${upTo(5_000, 21)} else 0 end, ${upTo(4_000, 22)}, ${upTo(1_500, 23)}, ${upTo(20_000, 24)}, ${upTo(2_000, 25)}, n % 3 <> 0, case when type = 5 then 429 else 200 end,
        case when type = 5 then 'upstream_rate_limited' end, 'seed-' || n || '-' || extract(epoch from now())::bigint, 'openai-chat', '/v1/chat/completions',
        case type when 1 then 'Code redeemed: ' || n when 3 then 'Quota changed by an administrator: ' || n else '' end
      from (select n, ${kind} as type, 1 + floor(${users} * ${fraction(26)} ^ 3)::int as place from ${series(logs)}) made`,
    ],
  };
}

/** Charts are read from these; they must say what the log says. */
export const statistics = ({ days }: Sizes): Load => ({
  name: 'statistics', tables: ['usage_hour', 'usage_hour_total'],
  statements: [
    months('usage_hour', days),
    `insert into usage_hour select date_trunc('hour', created_at), user_id, token_id, coalesce(channel_id, 0), group_name, model, count(*) filter (where type = 2), count(*) filter (where type = 5), sum(quota),
      coalesce(sum(prompt_tokens) filter (where type = 2), 0), coalesce(sum(completion_tokens) filter (where type = 2), 0) from log where request_id like 'seed-%' and type in (2, 5) group by 1, 2, 3, 4, 5, 6`,
    'truncate usage_hour_total',
    `insert into usage_hour_total select hour, group_name, model, sum(requests), sum(errors), sum(quota), sum(prompt_tokens), sum(completion_tokens) from usage_hour group by 1, 2, 3`,
  ],
});
