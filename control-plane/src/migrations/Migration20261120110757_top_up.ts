import { Migration } from '@mikro-orm/migrations';

export class Migration20261120110757_top_up extends Migration {

  override name = 'Migration20261120110757_top_up';

  override up(): void | Promise<void> {
    this.addSql(`create table "top_up" ("id" serial primary key, "user_id" int not null, "trade_no" varchar(64) not null, "gateway_trade_no" varchar(200) null, "provider" text not null, "method" varchar(64) not null, "amount" bigint not null, "money" numeric(20,6) not null, "quota" bigint not null, "due_minor" bigint null, "currency" varchar(8) not null default '', "status" text not null default 'PENDING', "checkout" jsonb null, "idempotency_key" varchar(128) not null, "input_hash" varchar(64) not null, "created_at" timestamptz(3) not null, "completed_at" timestamptz(3) null, "completed_by_id" int null);`);
    this.addSql(`alter table "top_up" add constraint "top_up_trade_no_unique" unique ("trade_no");`);
    this.addSql(`create index "top_up_user_id_id_index" on "top_up" ("user_id", "id");`);
    this.addSql(`alter table "top_up" add constraint "top_up_provider_gateway_trade_no_unique" unique ("provider", "gateway_trade_no");`);
    this.addSql(`alter table "top_up" add constraint "top_up_user_id_idempotency_key_unique" unique ("user_id", "idempotency_key");`);

    this.addSql(`alter table "user_account" add "stripe_customer" varchar(64) not null default '';`);

    this.addSql(`alter table "top_up" add constraint "top_up_provider_check" check ("provider" in ('EPAY', 'STRIPE', 'CREEM'));`);
    this.addSql(`alter table "top_up" add constraint "top_up_status_check" check ("status" in ('PENDING', 'SUCCESS', 'FAILED', 'EXPIRED'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "top_up" cascade;`);

    this.addSql(`alter table "user_account" drop column "stripe_customer";`);
  }

}
