import { Migration } from '@mikro-orm/migrations';
import { partitionStatement } from '../features/log/log-partitions.ts';

/** Usage by hour, partitioned by month like the log that it adds up. Written by hand: the ORM neither knows nor diffs it. */
export class Migration20261120105500_usage_hour extends Migration {

  override name = 'Migration20261120105500_usage_hour';

  override up(): void | Promise<void> {
    this.addSql(`create table "usage_hour" (
      "hour" timestamptz(0) not null,
      "user_id" int not null,
      "token_id" int not null,
      "channel_id" int not null,
      "group_name" varchar(64) not null,
      "model" varchar(255) not null,
      "requests" int not null default 0,
      "errors" int not null default 0,
      "quota" bigint not null default 0,
      "prompt_tokens" bigint not null default 0,
      "completion_tokens" bigint not null default 0,
      primary key ("hour", "user_id", "token_id", "channel_id", "group_name", "model")
    ) partition by range ("hour");`);
    this.addSql(`create table "usage_hour_default" partition of "usage_hour" default;`);
    this.addSql(`create index "usage_hour_user" on "usage_hour" ("user_id", "hour");`);
    this.addSql(`${partitionStatement(new Date(), 'usage_hour')};`);
    this.addSql(`insert into "usage_hour" select date_trunc('hour', created_at), user_id, token_id, coalesce(channel_id, 0), group_name, model, count(*) filter (where type = 2),
      count(*) filter (where type = 5), sum(quota), coalesce(sum(prompt_tokens) filter (where type = 2), 0), coalesce(sum(completion_tokens) filter (where type = 2), 0) from log where type in (2, 5) group by 1, 2, 3, 4, 5, 6;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "usage_hour" cascade;`);
  }

}
