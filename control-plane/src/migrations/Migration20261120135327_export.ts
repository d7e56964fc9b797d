import { Migration } from '@mikro-orm/migrations';

export class Migration20261120135327_export extends Migration {

  override name = 'Migration20261120135327_export';

  override up(): void | Promise<void> {
    this.addSql(`create table "export" ("id" serial primary key, "kind" varchar(20) not null, "format" varchar(20) not null, "asked" jsonb not null, "gzip" boolean not null default false, "job_id" int not null, "requested_by_id" int not null, "key_id" int null, "rows" bigint null, "bytes" bigint null, "sha256" varchar(64) null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null);`);
    this.addSql(`create index "export_expires_at_index" on "export" ("expires_at");`);
    this.addSql(`create index "export_requested_by_id_id_index" on "export" ("requested_by_id", "id");`);

    this.addSql(`create table "export_part" ("export_id" int not null, "number" int not null, "body" bytea not null, primary key ("export_id", "number"));`);
    // Parts are compressed already.
    this.addSql(`alter table "export_part" alter column "body" set storage external;`);

    this.addSql(`alter table "export" add constraint "export_job_id_foreign" foreign key ("job_id") references "job" ("id") on delete cascade;`);

    this.addSql(`alter table "export_part" add constraint "export_part_export_id_foreign" foreign key ("export_id") references "export" ("id") on delete cascade;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "export_part" cascade;`);
    this.addSql(`drop table if exists "export" cascade;`);
  }

}
