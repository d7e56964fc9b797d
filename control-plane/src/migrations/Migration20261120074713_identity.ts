import { Migration } from '@mikro-orm/migrations';

export class Migration20261120074713_identity extends Migration {

  override name = 'Migration20261120074713_identity';

  override up(): void | Promise<void> {
    this.addSql(`create table "token" ("id" serial primary key, "user_id" int not null, "key_hash" varchar(64) not null, "key_envelope" text null, "masked_key" varchar(32) not null, "name" varchar(50) not null, "status" text not null default 'ENABLED', "created_at" timestamptz(3) not null, "accessed_at" timestamptz(3) null, "expires_at" timestamptz(3) null, "unlimited" boolean not null default false, "used_quota" bigint not null default '0', "models" text[] null, "allow_ips" text[] not null, "group_name" varchar(64) not null default '', "cross_group_retry" boolean not null default false, "deleted_at" timestamptz(3) null, "version" int not null default 1);`);
    this.addSql(`create index "token_user_id_index" on "token" ("user_id");`);
    this.addSql(`alter table "token" add constraint "token_key_hash_unique" unique ("key_hash");`);

    this.addSql(`create table "user_account" ("id" serial primary key, "username" varchar(20) not null, "display_name" varchar(20) not null default '', "password_hash" varchar(255) not null, "role" int not null default 1, "status" text not null default 'ENABLED', "group_name" varchar(64) not null default 'default', "email" varchar(50) not null default '', "access_token_hash" varchar(64) null, "used_quota" bigint not null default '0', "request_count" int not null default 0, "created_at" timestamptz(3) not null, "deleted_at" timestamptz(3) null, "version" int not null default 1);`);
    this.addSql(`alter table "user_account" add constraint "user_account_username_unique" unique ("username");`);
    this.addSql(`create index "user_account_access_token_hash_index" on "user_account" ("access_token_hash");`);

    this.addSql(`alter table "token" add constraint "token_status_check" check ("status" in ('ENABLED', 'DISABLED', 'EXPIRED', 'EXHAUSTED'));`);

    this.addSql(`alter table "user_account" add constraint "user_account_status_check" check ("status" in ('ENABLED', 'DISABLED'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "token" cascade;`);
    this.addSql(`drop table if exists "user_account" cascade;`);
  }

}
