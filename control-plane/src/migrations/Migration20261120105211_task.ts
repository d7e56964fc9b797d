import { Migration } from '@mikro-orm/migrations';

/** Work that providers do after they have answered. */
export class Migration20261120105211_task extends Migration {

  override name = 'Migration20261120105211_task';

  override up(): void | Promise<void> {
    this.addSql(`create table "drawing" ("id" bigserial primary key, "mj_id" varchar(64) not null, "code" int not null default 1, "action" varchar(40) not null, "user_id" int not null, "token_id" int not null default 0, "channel_id" int not null default 0, "group_name" varchar(64) not null default '', "prompt" text not null default '', "prompt_en" text not null default '', "description" text not null default '', "state" text not null default '', "status" varchar(20) not null default '', "progress" smallint not null default 0, "fail_reason" text not null default '', "upstream_image_url" text not null default '', "video_url" text not null default '', "video_urls" jsonb not null default '[]', "buttons" jsonb not null default '[]', "properties" jsonb not null default '{}', "quota" bigint not null default '0', "submitted_at" timestamptz(3) not null, "started_at" timestamptz(3) null, "finished_at" timestamptz(3) null, "private_data" jsonb null);`);
    this.addSql(`create index "drawing_mj_id_index" on "drawing" ("mj_id");`);
    this.addSql(`create index "drawing_submitted_at_id_index" on "drawing" ("submitted_at", "id");`);
    this.addSql(`create index "drawing_status_id_index" on "drawing" ("status", "id");`);
    this.addSql(`create index "drawing_channel_id_id_index" on "drawing" ("channel_id", "id");`);
    this.addSql(`create index "drawing_user_id_id_index" on "drawing" ("user_id", "id");`);

    this.addSql(`create table "task" ("id" bigserial primary key, "task_id" varchar(64) not null, "platform" varchar(30) not null, "action" varchar(40) not null, "user_id" int not null, "token_id" int not null default 0, "channel_id" int not null default 0, "group_name" varchar(64) not null default '', "model" varchar(255) not null default '', "upstream_model" varchar(255) not null default '', "input" text not null default '', "status" text not null default 'NOT_START', "progress" smallint not null default 0, "fail_reason" text not null default '', "quota" bigint not null default '0', "refunded" bigint not null default '0', "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "submitted_at" timestamptz(3) not null, "started_at" timestamptz(3) null, "finished_at" timestamptz(3) null, "data" jsonb null, "private_data" jsonb null);`);
    this.addSql(`alter table "task" add constraint "task_task_id_unique" unique ("task_id");`);
    this.addSql(`create index "task_submitted_at_id_index" on "task" ("submitted_at", "id");`);
    this.addSql(`create index "task_action_id_index" on "task" ("action", "id");`);
    this.addSql(`create index "task_platform_id_index" on "task" ("platform", "id");`);
    this.addSql(`create index "task_status_id_index" on "task" ("status", "id");`);
    this.addSql(`create index "task_channel_id_id_index" on "task" ("channel_id", "id");`);
    this.addSql(`create index "task_user_id_id_index" on "task" ("user_id", "id");`);

    this.addSql(`alter table "task" add constraint "task_status_check" check ("status" in ('NOT_START', 'SUBMITTED', 'QUEUED', 'IN_PROGRESS', 'SUCCESS', 'FAILURE', 'UNKNOWN'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "drawing" cascade;`);
    this.addSql(`drop table if exists "task" cascade;`);
  }

}
