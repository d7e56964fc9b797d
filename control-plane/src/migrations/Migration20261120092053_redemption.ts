import { Migration } from '@mikro-orm/migrations';

export class Migration20261120092053_redemption extends Migration {

  override name = 'Migration20261120092053_redemption';

  override up(): void | Promise<void> {
    this.addSql(`create table "redemption" ("id" serial primary key, "batch_row" int not null, "code" varchar(32) not null, "name" varchar(20) not null, "status" text not null default 'ENABLED', "quota" bigint not null, "expires_at" timestamptz(3) null, "created_at" timestamptz(3) not null, "created_by_id" int not null, "redeemed_at" timestamptz(3) null, "redeemed_by_id" int null, "redeem_key" varchar(128) null, "deleted_at" timestamptz(3) null, "version" int not null default 1);`);
    this.addSql(`create index "redemption_batch_row_index" on "redemption" ("batch_row");`);
    this.addSql(`alter table "redemption" add constraint "redemption_code_unique" unique ("code");`);
    this.addSql(`alter table "redemption" add constraint "redemption_redeemed_by_id_redeem_key_unique" unique ("redeemed_by_id", "redeem_key");`);

    this.addSql(`create table "redemption_batch" ("id" serial primary key, "created_by_id" int not null, "idempotency_key" varchar(128) not null, "input_hash" varchar(64) not null, "created_at" timestamptz(3) not null);`);
    this.addSql(`alter table "redemption_batch" add constraint "redemption_batch_created_by_id_idempotency_key_unique" unique ("created_by_id", "idempotency_key");`);

    this.addSql(`alter table "redemption" add constraint "redemption_used_by_somebody" check ((status = 'USED') = (redeemed_by_id IS NOT NULL));`);
    this.addSql(`alter table "redemption" add constraint "redemption_status_check" check ("status" in ('ENABLED', 'DISABLED', 'USED'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "redemption" cascade;`);
    this.addSql(`drop table if exists "redemption_batch" cascade;`);
  }

}
