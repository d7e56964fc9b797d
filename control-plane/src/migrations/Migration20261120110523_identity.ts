import { Migration } from '@mikro-orm/migrations';

export class Migration20261120110523_identity extends Migration {

  override name = 'Migration20261120110523_identity';

  override up(): void | Promise<void> {
    this.addSql(`create table "identity" ("id" serial primary key, "user_id" int not null, "kind" text not null, "issuer" varchar(255) not null default '', "subject" varchar(255) not null, "label" varchar(255) not null default '', "bound_at" timestamptz(3) not null, "signed_at" timestamptz(3) null);`);
    this.addSql(`alter table "identity" add constraint "identity_user_id_kind_unique" unique ("user_id", "kind");`);
    this.addSql(`alter table "identity" add constraint "identity_kind_issuer_subject_unique" unique ("kind", "issuer", "subject");`);

    this.addSql(`alter table "identity" add constraint "identity_kind_check" check ("kind" in ('GITHUB', 'DISCORD', 'LINUX_DO', 'OIDC', 'TELEGRAM', 'WECHAT'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "identity" cascade;`);
  }

}
