import { Migration } from '@mikro-orm/migrations';

export class Migration20261120080613_snapshot_state extends Migration {

  override name = 'Migration20261120080613_snapshot_state';

  override up(): void | Promise<void> {
    this.addSql(`create table "provider" ("type" int not null, "info" jsonb not null, "announced_at" timestamptz(3) not null, primary key ("type"));`);

    this.addSql(`create table "snapshot_state" ("id" int not null, "version" int not null, "hash" varchar(64) not null, primary key ("id"));`);

    this.addSql(`alter table "snapshot_state" add constraint "snapshot_state_single" check (id = 1);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "provider" cascade;`);
    this.addSql(`drop table if exists "snapshot_state" cascade;`);
  }

}
