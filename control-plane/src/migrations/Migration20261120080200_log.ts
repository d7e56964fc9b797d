import { Migration } from '@mikro-orm/migrations';
import { partitionStatement } from '../features/log/log-partitions.ts';

/**
 * The log, partitioned by month from the first day on (D15). Written by hand: the ORM neither knows nor diffs it.
 * `seq` is in the order of commits, because writers take an advisory lock before they draw one (features/log/insert-logs.ts).
 */
export class Migration20261120080200_log extends Migration {

  override name = 'Migration20261120080200_log';

  override up(): void | Promise<void> {
    this.addSql(`create sequence "log_seq";`);
    this.addSql(`create table "log" (
      "seq" bigint not null default nextval('log_seq'),
      "created_at" timestamptz(3) not null,
      "type" smallint not null,
      "user_id" int not null,
      "username" varchar(20) not null default '',
      "token_id" int not null default 0,
      "token_name" varchar(50) not null default '',
      "channel_id" int null,
      "channel_name" varchar(100) not null default '',
      "group_name" varchar(64) not null default '',
      "model" varchar(255) not null default '',
      "upstream_model" varchar(255) null,
      "quota" bigint not null default 0,
      "prompt_tokens" int not null default 0,
      "completion_tokens" int not null default 0,
      "duration_ms" int not null default 0,
      "first_byte_ms" int null,
      "stream" boolean not null default false,
      "status" smallint null,
      "failure" varchar(100) null,
      "request_id" varchar(64) null,
      "ip" varchar(64) null,
      "dialect" varchar(40) null,
      "path" varchar(255) null,
      "content" text not null default '',
      "detail" jsonb null,
      primary key ("seq", "created_at")
    ) partition by range ("created_at");`);
    this.addSql(`alter sequence "log_seq" owned by "log"."seq";`);
    // Catches rows older than the first month; a row that finds no partition would stop the settlement of all others.
    this.addSql(`create table "log_default" partition of "log" default;`);

    this.addSql(`create index "log_created_at" on "log" ("created_at", "seq");`);
    this.addSql(`create index "log_user" on "log" ("user_id", "created_at", "seq");`);
    this.addSql(`create index "log_token" on "log" ("token_id", "created_at", "seq");`);
    this.addSql(`create index "log_channel" on "log" ("channel_id", "created_at", "seq");`);
    this.addSql(`create index "log_model" on "log" ("model", "created_at", "seq");`);
    this.addSql(`create index "log_request" on "log" ("request_id");`);
    this.addSql(`create index "log_quota" on "log" ("quota", "seq");`);

    this.addSql(`${partitionStatement(new Date())};`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "log" cascade;`);
  }

}
