import { Migration } from '@mikro-orm/migrations';

/** Usage of everybody together: what a year of charts reads, thousands of times smaller than the hours of each key. */
export class Migration20261120121600_usage_total extends Migration {

  override name = 'Migration20261120121600_usage_total';

  override up(): void | Promise<void> {
    this.addSql(`create table "usage_hour_total" (
      "hour" timestamptz(0) not null,
      "group_name" varchar(64) not null,
      "model" varchar(255) not null,
      "requests" int not null default 0,
      "errors" int not null default 0,
      "quota" bigint not null default 0,
      "prompt_tokens" bigint not null default 0,
      "completion_tokens" bigint not null default 0,
      primary key ("hour", "group_name", "model")
    );`);
    this.addSql(`insert into "usage_hour_total" select hour, group_name, model, sum(requests), sum(errors), sum(quota), sum(prompt_tokens), sum(completion_tokens) from usage_hour group by 1, 2, 3;`);
    // Errors have no amount: in the order of amounts they all stand at one end.
    this.addSql(`create index "log_failure_quota" on "log" ("failure", "quota", "seq") where failure is not null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "usage_hour_total" cascade;`);
    this.addSql(`drop index if exists "log_failure_quota";`);
  }

}
