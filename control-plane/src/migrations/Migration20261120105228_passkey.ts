import { Migration } from '@mikro-orm/migrations';

export class Migration20261120105228_passkey extends Migration {

  override name = 'Migration20261120105228_passkey';

  override up(): void | Promise<void> {
    this.addSql(`create table "passkey" ("id" serial primary key, "user_id" int not null, "handle" varchar(1400) not null, "public_key" text not null, "counter" bigint not null default '0', "transports" text[] not null, "name" varchar(64) not null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) null);`);
    this.addSql(`create index "passkey_user_id_index" on "passkey" ("user_id");`);
    this.addSql(`alter table "passkey" add constraint "passkey_handle_unique" unique ("handle");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "passkey" cascade;`);
  }

}
