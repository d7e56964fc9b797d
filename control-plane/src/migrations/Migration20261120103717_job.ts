import { Migration } from '@mikro-orm/migrations';

export class Migration20261120103717_job extends Migration {

  override name = 'Migration20261120103717_job';

  override up(): void | Promise<void> {
    this.addSql(`create table "job" ("id" serial primary key, "kind" varchar(64) not null, "status" text not null default 'QUEUED', "input" jsonb not null, "state" jsonb null, "total" int null, "done" int not null default 0, "failed" int not null default 0, "message" varchar(1000) null, "exclusive_key" varchar(100) null, "cancel_requested" boolean not null default false, "fence" int not null default 0, "crashes" int not null default 0, "lease_until" timestamptz(3) null, "requested_by_id" int null, "created_at" timestamptz(3) not null, "started_at" timestamptz(3) null, "finished_at" timestamptz(3) null);`);
    this.addSql(`create index "job_requested_by_id_index" on "job" ("requested_by_id");`);
    this.addSql(`create index "job_open_index" on "job" ("id") where status in ('QUEUED', 'RUNNING');`);
    this.addSql(`create unique index "job_exclusive_unique" on "job" ("exclusive_key") where status in ('QUEUED', 'RUNNING');`);

    this.addSql(`create table "job_result" ("id" bigserial primary key, "job_id" int not null, "subject" varchar(64) null, "ok" boolean not null, "message" varchar(1000) null);`);
    this.addSql(`create index "job_result_job_id_id_index" on "job_result" ("job_id", "id");`);
    this.addSql(`alter table "job_result" add constraint "job_result_job_id_foreign" foreign key ("job_id") references "job" ("id") on delete cascade;`);

    this.addSql(`alter table "job" add constraint "job_status_check" check ("status" in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "job_result" cascade;`);
    this.addSql(`drop table if exists "job" cascade;`);
  }

}
