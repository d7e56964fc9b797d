import { Migration } from '@mikro-orm/migrations';

export class Migration20261120142500_waiting_mail extends Migration {

  override name = 'Migration20261120142500_waiting_mail';

  override up(): void | Promise<void> {
    this.addSql(`create table "waiting_mail" ("id" uuid not null, "topic" varchar(100) not null, "mail" text not null, "tries" int not null default 1, "next_try_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`);
    this.addSql(`alter table "waiting_mail" add constraint "waiting_mail_topic_unique" unique ("topic");`);
    this.addSql(`create index "waiting_mail_next_try_at_index" on "waiting_mail" ("next_try_at");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "waiting_mail" cascade;`);
  }

}
