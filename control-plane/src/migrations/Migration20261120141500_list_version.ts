import { Migration } from '@mikro-orm/migrations';

export class Migration20261120141500_list_version extends Migration {

  override name = 'Migration20261120141500_list_version';

  override up(): void | Promise<void> {
    this.addSql(`create table "list_version" ("name" varchar(20) not null, "version" bigint not null default 1, primary key ("name"));`);
    this.addSql(`insert into "list_version" ("name") values ('groups'), ('prices'), ('options');`);
    this.addSql(`alter table "prefill_group" add column "version" int not null default 1;`);
    this.addSql(`alter table "notify_setting" add column "version" int not null default 1;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "list_version" cascade;`);
    this.addSql(`alter table "prefill_group" drop column "version";`);
    this.addSql(`alter table "notify_setting" drop column "version";`);
  }

}
