import { Migration } from '@mikro-orm/migrations';

export class Migration20261120075915_snapshot_changes extends Migration {

  override name = 'Migration20261120075915_snapshot_changes';

  override up(): void | Promise<void> {
    this.addSql(`create table "snapshot_change" ("id" bigserial primary key, "kind" text not null, "key" text not null);`);
    this.addSql(`alter table "snapshot_change" add constraint "snapshot_change_kind_check" check ("kind" in ('channel', 'token', 'user', 'group', 'price', 'settings'));`);

    // PostgreSQL sends a notification when the transaction commits, and equal ones of a transaction once.
    this.addSql(`create function "notify_weir_snapshot"() returns trigger language plpgsql as $$ begin perform pg_notify('weir_snapshot', ''); return null; end $$;`);
    this.addSql(`create trigger "snapshot_change_notify" after insert on "snapshot_change" for each statement execute function "notify_weir_snapshot"();`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "snapshot_change" cascade;`);
    this.addSql(`drop function if exists "notify_weir_snapshot";`);
  }

}
