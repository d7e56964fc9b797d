import { Migration } from '@mikro-orm/migrations';

export class Migration20261120104955_registration extends Migration {

  override name = 'Migration20261120104955_registration';

  override up(): void | Promise<void> {
    this.addSql(`create table "email_proof" ("id" serial primary key, "purpose" text not null, "email" varchar(50) not null, "secret_hash" varchar(64) not null, "tries" int not null default 0, "expires_at" timestamptz(3) not null);`);
    this.addSql(`alter table "email_proof" add constraint "email_proof_purpose_email_unique" unique ("purpose", "email");`);

    this.addSql(`drop index "user_account_email_index";`);
    this.addSql(`alter table "user_account" add "email_verified_at" timestamptz(3) null, add "invite_code" varchar(16) null, add "inviter_id" int null, add "invite_count" int not null default 0, add "invite_earned" bigint not null default '0';`);
    this.addSql(`alter table "user_account" add constraint "user_account_invite_code_unique" unique ("invite_code");`);
    this.addSql(`create index "user_account_inviter_id_index" on "user_account" ("inviter_id");`);
    // Nothing kept two accounts from the same address until now: the oldest keeps it, in the one spelling that is stored from here on.
    this.addSql(`update "user_account" set "email" = lower(trim("email")) where "email" <> lower(trim("email"));`);
    this.addSql(`update "user_account" u set "email" = '' where "email" <> '' and exists (select from "user_account" o where o."email" = u."email" and o."id" < u."id");`);
    this.addSql(`create unique index "user_account_email_unique" on "user_account" ("email") where email <> '';`);

    this.addSql(`alter table "email_proof" add constraint "email_proof_purpose_check" check ("purpose" in ('ADDRESS', 'RESET'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "email_proof" cascade;`);

    this.addSql(`alter table "user_account" drop constraint "user_account_invite_code_unique";`);
    this.addSql(`drop index "user_account_inviter_id_index";`);
    this.addSql(`drop index "user_account_email_unique";`);
    this.addSql(`alter table "user_account" drop column "email_verified_at", drop column "invite_code", drop column "inviter_id", drop column "invite_count", drop column "invite_earned";`);
    this.addSql(`create index "user_account_email_index" on "user_account" ("email");`);
  }

}
