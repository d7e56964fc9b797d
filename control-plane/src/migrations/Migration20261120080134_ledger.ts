import { Migration } from '@mikro-orm/migrations';

export class Migration20261120080134_ledger extends Migration {

  override name = 'Migration20261120080134_ledger';

  override up(): void | Promise<void> {
    this.addSql(`create table "account" ("name" varchar(64) not null, "kind" text not null, "balance" bigint not null default '0', "leased" bigint not null default '0', "last_grant" bigint not null default '0', "frozen" boolean not null default false, "version" bigint not null default '0', primary key ("name"));`);

    this.addSql(`create table "ledger_transaction" ("id" bigserial primary key, "reference" varchar(200) not null, "kind" text not null, "seq" int not null default 0, "input_hash" varchar(64) not null, "account" varchar(64) not null, "balance_after" bigint not null, "reason" varchar(500) null, "actor_id" int null, "idempotency_key" varchar(128) null, "corrects" bigint null, "at" timestamptz(3) not null);`);
    this.addSql(`alter table "ledger_transaction" add constraint "ledger_transaction_reference_kind_seq_unique" unique ("reference", "kind", "seq");`);

    this.addSql(`create table "ledger_entry" ("id" bigserial primary key, "transaction_id" bigint not null, "account" varchar(64) not null, "amount" bigint not null, "balance_after" bigint null);`);
    this.addSql(`create index "ledger_entry_transaction_id_index" on "ledger_entry" ("transaction_id");`);
    this.addSql(`create index "ledger_entry_account_id_index" on "ledger_entry" ("account", "id");`);

    this.addSql(`alter table "account" add constraint "account_leased_whole" check (leased >= 0);`);
    this.addSql(`alter table "account" add constraint "account_balance_safe" check ((balance >= '-9007199254740991'::bigint) AND (balance <= '9007199254740991'::bigint));`);
    this.addSql(`alter table "account" add constraint "account_kind_check" check ("kind" in ('WALLET', 'BUDGET', 'SYSTEM'));`);

    this.addSql(`alter table "ledger_transaction" add constraint "ledger_transaction_kind_check" check ("kind" in ('CONSUME', 'REFUND', 'TOP_UP', 'REDEMPTION', 'GRANT', 'ADJUSTMENT', 'LIMIT', 'LOSS', 'EXPIRY'));`);

    this.addSql(`alter table "ledger_entry" add constraint "ledger_entry_transaction_id_foreign" foreign key ("transaction_id") references "ledger_transaction" ("id");`);
    this.addSql(`alter table "ledger_entry" add constraint "ledger_entry_account_foreign" foreign key ("account") references "account" ("name");`);
    this.addSql(`alter table "ledger_entry" add constraint "ledger_entry_moves" check (amount <> 0);`);

    // Every statement that inserts entries must balance each transaction it writes to, money and limits apart. By
    // induction every transaction is balanced, without ever reading old rows.
    this.addSql(`create function "ledger_entry_balanced"() returns trigger language plpgsql as $$
      begin
        if exists (
          select from fresh
          group by transaction_id, account like 'token:%' or account = 'system:token_limit'
          having sum(amount) <> 0
        ) then
          raise exception 'The entries of a ledger transaction must sum to zero' using errcode = 'check_violation', constraint = 'ledger_entry_balanced';
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger "ledger_entry_balanced" after insert on "ledger_entry" referencing new table as fresh for each statement execute function "ledger_entry_balanced"();`);

    this.addSql(`create function "refuse_change"() returns trigger language plpgsql as $$
      begin
        raise exception '% is append only: post a correction instead', tg_table_name using errcode = 'restrict_violation';
      end $$;`);
    for (const table of ['ledger_transaction', 'ledger_entry']) {
      this.addSql(`create trigger "${table}_append_only" before update or delete or truncate on "${table}" for each statement execute function "refuse_change"();`);
    }

    // What is lent exceeds what there is, or nothing may be lent any more: relays must give back what they do not use.
    this.addSql(`create function "notify_weir_recall"() returns trigger language plpgsql as $$ begin perform pg_notify('weir_recall', new.name); return null; end $$;`);
    this.addSql(`create trigger "account_recall" after update on "account" for each row
      when ((new.balance < new.leased and old.balance >= old.leased) or (new.frozen and not old.frozen))
      execute function "notify_weir_recall"();`);

    this.addSql(`insert into "account" ("name", "kind") select 'system:' || name, 'SYSTEM'
      from unnest(array['revenue', 'platform_loss', 'adjustment', 'promo', 'clearing', 'suspense', 'token_limit']) name;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "ledger_entry" cascade;`);
    this.addSql(`drop table if exists "ledger_transaction" cascade;`);
    this.addSql(`drop table if exists "account" cascade;`);
    this.addSql(`drop function if exists "ledger_entry_balanced", "refuse_change", "notify_weir_recall";`);
  }

}
