import { Migration } from '@mikro-orm/migrations';

export class Migration20261120112051_notification extends Migration {

  override name = 'Migration20261120112051_notification';

  override up(): void | Promise<void> {
    this.addSql(`create table "check_in" ("id" serial primary key, "user_id" int not null, "day" varchar(10) not null, "quota" bigint not null, "at" timestamptz(3) not null);`);
    this.addSql(`alter table "check_in" add constraint "check_in_user_id_day_unique" unique ("user_id", "day");`);

    this.addSql(`create table "notification" ("id" bigserial primary key, "user_id" int not null, "kind" text not null, "facts" jsonb not null, "created_at" timestamptz(3) not null, "read_at" timestamptz(3) null, "delivery" text not null default 'PENDING', "tries" int not null default 0, "next_try_at" timestamptz(3) not null, "sent_at" timestamptz(3) null);`);
    this.addSql(`create index "notification_user_id_id_index" on "notification" ("user_id", "id");`);
    this.addSql(`create index "notification_due" on "notification" ("next_try_at") where delivery = 'PENDING';`);

    this.addSql(`create table "notify_setting" ("user_id" int not null, "channel" text not null default 'EMAIL', "low_quota_threshold" bigint null, "email" varchar(50) not null default '', "webhook_url" varchar(2048) not null default '', "webhook_secret_envelope" text null, "bark_url" varchar(2048) not null default '', "gotify_url" varchar(2048) not null default '', "gotify_token_envelope" text null, "gotify_priority" int not null default 5, "accept_unpriced_models" boolean not null default false, "record_ip" boolean not null default false, "language" varchar(2) not null default 'zh', primary key ("user_id"));`);

    this.addSql(`alter table "notification" add constraint "notification_kind_check" check ("kind" in ('QUOTA_LOW', 'CHANNEL_UPDATE', 'CHANNEL_TEST'));`);
    this.addSql(`alter table "notification" add constraint "notification_delivery_check" check ("delivery" in ('PENDING', 'SENT', 'FAILED', 'SUPPRESSED'));`);

    this.addSql(`alter table "notify_setting" add constraint "notify_setting_channel_check" check ("channel" in ('EMAIL', 'WEBHOOK', 'BARK', 'GOTIFY'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "check_in" cascade;`);
    this.addSql(`drop table if exists "notification" cascade;`);
    this.addSql(`drop table if exists "notify_setting" cascade;`);
  }

}
