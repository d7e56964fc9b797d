import { Migration } from '@mikro-orm/migrations';

export class Migration20261120081123_leases_and_charges extends Migration {

  override name = 'Migration20261120081123_leases_and_charges';

  override up(): void | Promise<void> {
    this.addSql(`create table "charge" ("charge_id" varchar(64) not null, "outcome" text not null, "user_id" int not null, "token_id" int not null, "amount" bigint not null, "platform_loss" bigint not null, "relay_id" varchar(64) not null, "epoch" int not null, "sequence" int not null, "posted_at" timestamptz(3) not null, primary key ("charge_id"));`);
    this.addSql(`create index "charge_posted_at_index" on "charge" ("posted_at");`);

    this.addSql(`create table "dead_letter" ("id" bigserial primary key, "relay_id" varchar(64) not null, "epoch" int not null, "sequence" int not null, "reason" text not null, "body" text not null, "at" timestamptz(3) not null);`);

    this.addSql(`create table "lease" ("id" bigserial primary key, "relay_id" varchar(64) not null, "epoch" int not null, "nonce" varchar(64) not null, "account" varchar(64) not null, "granted" bigint not null, "spent" bigint not null default '0', "returned" bigint not null default '0', "state" text not null default 'OPEN', "granted_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null);`);
    this.addSql(`create index "lease_state_expires_at_index" on "lease" ("state", "expires_at");`);
    this.addSql(`create index "lease_account_state_index" on "lease" ("account", "state");`);
    this.addSql(`alter table "lease" add constraint "lease_relay_id_epoch_nonce_account_unique" unique ("relay_id", "epoch", "nonce", "account");`);

    this.addSql(`create table "relay_cursor" ("relay_id" varchar(64) not null, "epoch" int not null, "sequence" int not null, primary key ("relay_id", "epoch"));`);

    this.addSql(`create table "relay_epoch" ("relay_id" varchar(64) not null, "epoch" int not null, primary key ("relay_id"));`);

    this.addSql(`alter table "charge" add constraint "charge_not_negative" check (amount >= 0 and platform_loss >= 0);`);
    this.addSql(`alter table "charge" add constraint "charge_outcome_check" check ("outcome" in ('SETTLED', 'RELEASED', 'RECOVERED'));`);

    this.addSql(`alter table "lease" add constraint "lease_account_foreign" foreign key ("account") references "account" ("name");`);
    this.addSql(`alter table "lease" add constraint "lease_state_check" check ("state" in ('OPEN', 'CLOSED', 'SUSPENSE', 'LOST'));`);

    // The same guard as on the ledger: an outcome is never taken back, only followed by another movement.
    this.addSql(`create trigger "charge_append_only" before update or delete or truncate on "charge" for each statement execute function "refuse_change"();`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "charge" cascade;`);
    this.addSql(`drop table if exists "dead_letter" cascade;`);
    this.addSql(`drop table if exists "lease" cascade;`);
    this.addSql(`drop table if exists "relay_cursor" cascade;`);
    this.addSql(`drop table if exists "relay_epoch" cascade;`);
  }

}
