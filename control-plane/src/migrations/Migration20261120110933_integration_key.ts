import { Migration } from '@mikro-orm/migrations';

export class Migration20261120110933_integration_key extends Migration {

  override name = 'Migration20261120110933_integration_key';

  override up(): void | Promise<void> {
    this.addSql(`create table "integration_key" ("id" serial primary key, "name" varchar(50) not null, "prefix" varchar(16) not null, "key_hash" varchar(64) not null, "permissions" text[] not null, "allow_ips" text[] not null, "cost_per_second" int not null default 200, "created_by_id" int not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) null, "last_used_at" timestamptz(3) null, "revoked_at" timestamptz(3) null);`);
    this.addSql(`alter table "integration_key" add constraint "integration_key_key_hash_unique" unique ("key_hash");`);
    this.addSql(`create index "integration_key_created_by_id_index" on "integration_key" ("created_by_id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "integration_key" cascade;`);
  }

}
