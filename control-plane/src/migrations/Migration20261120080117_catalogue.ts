import { Migration } from '@mikro-orm/migrations';
import { defaultPrices } from '../features/price/default-prices.ts';
import { priceFields, type PriceValues } from '../features/price/price-fields.ts';

const column = (field: string) => `"${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
const row = ([model, values]: readonly [string, PriceValues]) =>
  `('${model}', ${priceFields.map((field) => values[field] ?? 'null').join(', ')}, now())`;

export class Migration20261120080117_catalogue extends Migration {

  override name = 'Migration20261120080117_catalogue';

  override up(): void | Promise<void> {
    this.addSql(`create table "channel" ("id" serial primary key, "name" varchar(100) not null, "type" int not null, "status" text not null default 'ENABLED', "status_reason" varchar(500) null, "status_changed_at" timestamptz(3) null, "base_url" varchar(2048) null, "models" text[] not null, "group_names" text[] not null, "model_mapping" jsonb not null default '{}', "priority" int not null default 0, "weight" int not null default 0, "tag" varchar(64) null, "test_model" varchar(255) null, "remark" varchar(255) null, "auto_ban" boolean not null default true, "credential_mode" text not null default 'RANDOM', "extras" jsonb not null default '{}', "response_time_ms" int not null default 0, "tested_at" timestamptz(3) null, "balance_millionths" bigint not null default '0', "balance_at" timestamptz(3) null, "used_quota" bigint not null default '0', "created_at" timestamptz(3) not null, "version" int not null default 1);`);

    this.addSql(`create table "channel_credential" ("id" serial primary key, "channel_id" int not null, "position" int not null, "secret" text not null default '', "masked" varchar(32) not null, "status" text not null default 'ENABLED', "created_at" timestamptz(3) not null);`);
    this.addSql(`create index "channel_credential_channel_id_index" on "channel_credential" ("channel_id");`);

    this.addSql(`create table "user_group" ("name" varchar(64) not null, "ratio_millionths" bigint not null default '1000000', "selectable" boolean not null default false, "description" varchar(255) not null default '', "version" int not null default 1, primary key ("name"));`);

    this.addSql(`create table "price" ("id" serial primary key, "model" varchar(255) not null, "model_ratio" bigint null, "completion_ratio" bigint null, "cache_ratio" bigint null, "create_cache_ratio" bigint null, "image_ratio" bigint null, "audio_ratio" bigint null, "audio_completion_ratio" bigint null, "call_price" bigint null, "created_at" timestamptz(3) not null, "retired_at" timestamptz(3) null);`);
    this.addSql(`create unique index "price_current_unique" on "price" ("model") where retired_at is null;`);

    this.addSql(`create table "site_option" ("key" varchar(100) not null, "value" text not null, "updated_at" timestamptz(3) not null, "updated_by" int null, primary key ("key"));`);

    this.addSql(`alter table "channel" add constraint "channel_status_check" check ("status" in ('ENABLED', 'DISABLED', 'AUTO_DISABLED'));`);
    this.addSql(`alter table "channel" add constraint "channel_credential_mode_check" check ("credential_mode" in ('RANDOM', 'POLLING'));`);

    this.addSql(`alter table "channel_credential" add constraint "channel_credential_channel_id_foreign" foreign key ("channel_id") references "channel" ("id") on delete cascade;`);
    this.addSql(`alter table "channel_credential" add constraint "channel_credential_status_check" check ("status" in ('ENABLED', 'DISABLED', 'AUTO_DISABLED'));`);

    this.addSql(`insert into "user_group" ("name", "selectable", "description") values ('default', true, 'Default group'), ('vip', true, 'VIP group'), ('svip', false, 'SVIP group');`);
    this.addSql(`insert into "price" ("model", ${priceFields.map(column).join(', ')}, "created_at") values ${[...defaultPrices].map(row).join(', ')};`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "channel_credential" drop constraint "channel_credential_channel_id_foreign";`);

    this.addSql(`drop table if exists "channel" cascade;`);
    this.addSql(`drop table if exists "channel_credential" cascade;`);
    this.addSql(`drop table if exists "user_group" cascade;`);
    this.addSql(`drop table if exists "price" cascade;`);
    this.addSql(`drop table if exists "site_option" cascade;`);
  }

}
