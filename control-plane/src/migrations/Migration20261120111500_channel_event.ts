import { Migration } from '@mikro-orm/migrations';

export class Migration20261120111500_channel_event extends Migration {

  override name = 'Migration20261120111500_channel_event';

  override up(): void | Promise<void> {
    this.addSql(`create table "channel_event" ("id" bigserial primary key, "channel_id" int not null, "channel_name" varchar(100) not null, "position" int null, "status" text not null, "reason" varchar(500) not null, "at" timestamptz(3) not null);`);
    this.addSql(`create index "channel_event_channel_id_id_index" on "channel_event" ("channel_id", "id");`);
    this.addSql(`alter table "channel_event" add constraint "channel_event_status_check" check ("status" in ('ENABLED', 'DISABLED', 'AUTO_DISABLED'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "channel_event" cascade;`);
  }

}
