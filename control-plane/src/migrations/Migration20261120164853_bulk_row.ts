import { Migration } from '@mikro-orm/migrations';

export class Migration20261120164853_bulk_row extends Migration {

  override name = 'Migration20261120164853_bulk_row';

  override up(): void | Promise<void> {
    this.addSql(`create table "bulk_row" ("job_id" int not null, "row_id" int not null, "before" jsonb not null, "after" jsonb null, "version" int not null, primary key ("job_id", "row_id"));`);

    this.addSql(`alter table "bulk_row" add constraint "bulk_row_job_id_foreign" foreign key ("job_id") references "job" ("id") on delete cascade;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "bulk_row" cascade;`);
  }

}
