import { Migration } from '@mikro-orm/migrations';

/** Rows of bulks before this cannot be handed back to an earlier bulk: no version is 0. */
export class Migration20261120175000_bulk_row_found extends Migration {

  override name = 'Migration20261120175000_bulk_row_found';

  override up(): void | Promise<void> {
    this.addSql(`alter table "bulk_row" add "found" int not null default 0;`);
    this.addSql(`alter table "bulk_row" alter column "found" drop default;`);
    this.addSql(`create index "bulk_row_row_id_index" on "bulk_row" ("row_id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "bulk_row_row_id_index";`);
    this.addSql(`alter table "bulk_row" drop column "found";`);
  }

}
