import { Migration } from '@mikro-orm/migrations';

export class Migration20261120081409_session extends Migration {

  override name = 'Migration20261120081409_session';

  override up(): void | Promise<void> {
    this.addSql(`create table "session" ("id" serial primary key, "key_hash" varchar(64) not null, "user_id" int not null, "address" varchar(64) not null, "user_agent" varchar(255) not null, "created_at" timestamptz(3) not null, "last_seen_at" timestamptz(3) not null);`);
    this.addSql(`alter table "session" add constraint "session_key_hash_unique" unique ("key_hash");`);
    this.addSql(`create index "session_user_id_index" on "session" ("user_id");`);

    this.addSql(`create table "setup" ("id" int not null, "completed_at" timestamptz(3) not null, primary key ("id"));`);

    this.addSql(`alter table "user_account" add "remark" varchar(255) not null default '', add "last_login_at" timestamptz(3) null;`);
    this.addSql(`create index "user_account_email_index" on "user_account" ("email");`);

    this.addSql(`alter table "setup" add constraint "setup_once" check (id = 1);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "session" cascade;`);
    this.addSql(`drop table if exists "setup" cascade;`);

    this.addSql(`drop index "user_account_email_index";`);
    this.addSql(`alter table "user_account" drop column "remark", drop column "last_login_at";`);
  }

}
