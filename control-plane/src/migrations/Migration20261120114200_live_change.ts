import { Migration } from '@mikro-orm/migrations';

/** What has changed lately, for subscriptions. Written by triggers, so that no writer can forget it. */
export class Migration20261120114200_live_change extends Migration {

  override name = 'Migration20261120114200_live_change';

  override up(): void | Promise<void> {
    // `tx` orders rows as readers need it: whoever has seen all below the oldest open transaction has missed none.
    this.addSql(`create table "live_change" ("id" bigserial primary key, "tx" xid8 not null default pg_current_xact_id(), "topic" varchar(20) not null, "row_id" bigint not null, "owner_id" int null, "kind" varchar(20) not null, "at" timestamptz(3) not null default now());`);
    this.addSql(`create index "live_change_place" on "live_change" ("topic", "tx", "id");`);
    this.addSql(`create index "live_change_at" on "live_change" ("at");`);

    this.addSql(`create function "note_channel_change"() returns trigger language plpgsql as $$
      begin
        insert into live_change (topic, row_id, kind) values ('channel', coalesce(new.id, old.id),
          case when tg_op = 'INSERT' then 'CREATED' when tg_op = 'DELETE' then 'DELETED' when new.status <> old.status then 'STATUS'
            when new.version <> old.version then 'UPDATED' else 'HEALTH' end);
        return null;
      end $$;`);
    this.addSql(`create trigger "live_channel" after insert or delete on "channel" for each row execute function "note_channel_change"();`);
    // What settlement writes, used quota, is no news.
    this.addSql(`create trigger "live_channel_update" after update on "channel" for each row
      when (new.status <> old.status or new.version <> old.version or new.tested_at is distinct from old.tested_at or new.balance_at is distinct from old.balance_at)
      execute function "note_channel_change"();`);

    this.addSql(`create function "note_task_change"() returns trigger language plpgsql as $$
      begin
        insert into live_change (topic, row_id, owner_id, kind) values ('task', new.id, new.user_id, 'UPDATED');
        return null;
      end $$;`);
    this.addSql(`create trigger "live_task" after insert or update on "task" for each row execute function "note_task_change"();`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "live_change" cascade;`);
    this.addSql(`drop function if exists "note_channel_change", "note_task_change" cascade;`);
  }

}
