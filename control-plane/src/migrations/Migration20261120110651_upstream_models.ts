import { Migration } from '@mikro-orm/migrations';

export class Migration20261120110651_upstream_models extends Migration {

  override name = 'Migration20261120110651_upstream_models';

  override up(): void | Promise<void> {
    this.addSql(`create table "channel_upstream" ("channel_id" int not null, "models" text[] not null, "ignored" text[] not null default '{}', "detected_at" timestamptz(3) not null, primary key ("channel_id"));`);

    this.addSql(`alter table "channel_upstream" add constraint "channel_upstream_channel_id_foreign" foreign key ("channel_id") references "channel" ("id") on update cascade on delete cascade;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "channel_upstream" cascade;`);
  }

}
