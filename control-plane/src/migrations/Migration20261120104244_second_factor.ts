import { Migration } from '@mikro-orm/migrations';

export class Migration20261120104244_second_factor extends Migration {

  override name = 'Migration20261120104244_second_factor';

  override up(): void | Promise<void> {
    this.addSql(`create table "backup_code" ("id" serial primary key, "user_id" int not null, "code_hash" varchar(64) not null);`);
    this.addSql(`create index "backup_code_user_id_index" on "backup_code" ("user_id");`);
    this.addSql(`alter table "backup_code" add constraint "backup_code_code_hash_unique" unique ("code_hash");`);

    this.addSql(`create table "ceremony" ("key_hash" varchar(64) not null, "kind" varchar(32) not null, "user_id" int null, "data" jsonb not null, "expires_at" timestamptz(3) not null, primary key ("key_hash", "kind"));`);
    this.addSql(`create index "ceremony_user_id_index" on "ceremony" ("user_id");`);
    this.addSql(`create index "ceremony_expires_at_index" on "ceremony" ("expires_at");`);

    this.addSql(`create table "two_factor" ("user_id" int not null, "secret" text not null, "enabled_at" timestamptz(3) null, "last_step" bigint not null default '0', "failures" int not null default 0, "lockouts" int not null default 0, "locked_until" timestamptz(3) null, "created_at" timestamptz(3) not null, primary key ("user_id"));`);

    this.addSql(`alter table "session" add "step_up_at" timestamptz(3) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "backup_code" cascade;`);
    this.addSql(`drop table if exists "ceremony" cascade;`);
    this.addSql(`drop table if exists "two_factor" cascade;`);
    this.addSql(`alter table "session" drop column "step_up_at";`);
  }

}
