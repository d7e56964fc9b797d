import { Migration } from '@mikro-orm/migrations';

export class Migration20261120105308_models extends Migration {

  override name = 'Migration20261120105308_models';

  override up(): void | Promise<void> {
    this.addSql(`create table "prefill_group" ("id" serial primary key, "name" varchar(64) not null, "type" text not null, "items" text not null default '[]', "description" varchar(255) not null default '', "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null);`);
    this.addSql(`alter table "prefill_group" add constraint "prefill_group_name_unique" unique ("name");`);
    this.addSql(`create index "prefill_group_updated_at_id_index" on "prefill_group" ("updated_at", "id");`);

    this.addSql(`create table "vendor" ("id" serial primary key, "name" varchar(128) not null, "description" text not null default '', "icon" varchar(2048) not null default '', "enabled" boolean not null default true, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "version" int not null default 1);`);
    this.addSql(`alter table "vendor" add constraint "vendor_name_unique" unique ("name");`);

    this.addSql(`create table "model_meta" ("id" serial primary key, "name" varchar(128) not null, "name_rule" text not null default 'EXACT', "description" text not null default '', "icon" varchar(2048) not null default '', "tags" text[] not null default '{}', "vendor_id" int null, "endpoints" text not null default '', "enabled" boolean not null default true, "sync_official" boolean not null default true, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "version" int not null default 1);`);
    this.addSql(`alter table "model_meta" add constraint "model_meta_name_unique" unique ("name");`);
    this.addSql(`create index "model_meta_vendor_id_index" on "model_meta" ("vendor_id");`);

    this.addSql(`alter table "prefill_group" add constraint "prefill_group_type_check" check ("type" in ('MODEL', 'TAG', 'ENDPOINT'));`);

    this.addSql(`alter table "model_meta" add constraint "model_meta_vendor_id_foreign" foreign key ("vendor_id") references "vendor" ("id") on delete set null;`);
    this.addSql(`alter table "model_meta" add constraint "model_meta_name_rule_check" check ("name_rule" in ('EXACT', 'PREFIX', 'CONTAINS', 'SUFFIX'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "prefill_group" cascade;`);
    this.addSql(`drop table if exists "model_meta" cascade;`);
    this.addSql(`drop table if exists "vendor" cascade;`);
  }

}
