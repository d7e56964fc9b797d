import { Migration } from '@mikro-orm/migrations';

/** Functions and triggers are written by hand: the ORM cannot say them. */
export class Migration20261120104100_audit extends Migration {

  override name = 'Migration20261120104100_audit';

  override up(): void | Promise<void> {
    this.addSql(`create table "audit_event" ("id" bigserial primary key, "at" timestamptz(3) not null, "actor_id" int null, "actor_name" varchar(20) not null, "via" varchar(20) not null, "route" varchar(255) null, "action" varchar(64) not null, "targets" text[] not null, "ip" varchar(64) not null, "user_agent" varchar(255) not null, "request_id" varchar(64) not null, "arguments" jsonb not null, "changes" jsonb not null, "changed_rows" int not null, "ok" boolean not null, "code" varchar(64) null, "hash" bytea not null);`);
    this.addSql(`create index "audit_event_at_index" on "audit_event" ("at");`);
    this.addSql(`create index "audit_event_actor_id_id_index" on "audit_event" ("actor_id", "id");`);
    this.addSql(`create index "audit_event_action_id_index" on "audit_event" ("action", "id");`);
    this.addSql(`create index "audit_event_targets_index" on "audit_event" using gin ("targets");`);

    // Every column but the hash, in a spelling that no setting of a session changes.
    this.addSql(`create function "audit_event_hash"(previous bytea, e audit_event) returns bytea language sql immutable as $$
      select sha256(previous || convert_to(jsonb_build_array(e.id, extract(epoch from e.at), e.actor_id, e.actor_name, e.via, e.route, e.action, e.targets, e.ip,
        e.user_agent, e.request_id, e.arguments, e.changes, e.changed_rows, e.ok, e.code)::text, 'UTF8'))
    $$;`);
    // Numbers are drawn behind the lock, so that they grow in the order of commits and each row follows the one before it.
    this.addSql(`create function "audit_event_chain"() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtext('weir.audit'));
        new.id := nextval('audit_event_id_seq');
        new.hash := audit_event_hash(coalesce((select hash from audit_event order by id desc limit 1), ''::bytea), new);
        return new;
      end $$;`);
    this.addSql(`create trigger "audit_event_chain" before insert on "audit_event" for each row execute function "audit_event_chain"();`);
    this.addSql(`create trigger "audit_event_append_only" before update or delete or truncate on "audit_event" for each statement execute function "refuse_change"();`);

    // Rows are noted in a setting of the transaction: it ends with it, also when it is rolled back, and costs no table.
    this.addSql(`create function "audit_row"() returns trigger language plpgsql as $$
      declare
        rows int := current_setting('weir.audit_rows')::int;
        image jsonb;
      begin
        if tg_op = 'UPDATE' and old is not distinct from new then return null; end if;
        perform set_config('weir.audit_rows', (rows + 1)::text, true);
        if rows < 100 then
          image := to_jsonb(coalesce(new, old));
          perform set_config('weir.audit_changes', current_setting('weir.audit_changes') || jsonb_build_object('table', tg_table_name,
            'row', coalesce(image->>'id', image->>'key', image->>'name', ''),
            'before', case when tg_op = 'INSERT' then null else to_jsonb(old) end, 'after', case when tg_op = 'DELETE' then null else to_jsonb(new) end)::text || E'\\n', true);
        end if;
        return null;
      end $$;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "audit_event" cascade;`);
    this.addSql(`drop function if exists "audit_event_hash", "audit_event_chain", "audit_row" cascade;`);
  }

}
