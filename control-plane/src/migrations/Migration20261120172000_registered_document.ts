import { Migration } from '@mikro-orm/migrations';

export class Migration20261120172000_registered_document extends Migration {

  override name = 'Migration20261120172000_registered_document';

  override up(): void | Promise<void> {
    this.addSql(`create table "registered_document" ("key_id" int not null, "id" varchar(71) not null, "text" text not null, "created_at" timestamptz(3) not null, primary key ("key_id", "id"));`);

    this.addSql(`alter table "registered_document" add constraint "registered_document_key_id_foreign" foreign key ("key_id") references "integration_key" ("id") on delete cascade;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "registered_document" cascade;`);
  }

}
