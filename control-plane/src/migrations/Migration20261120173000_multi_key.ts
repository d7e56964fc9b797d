import { Migration } from '@mikro-orm/migrations';

export class Migration20261120173000_multi_key extends Migration {

  override name = 'Migration20261120173000_multi_key';

  override up(): void | Promise<void> {
    this.addSql(`alter table "channel" add "multi_key" boolean not null default false;`);

    this.addSql(`update "channel" set "multi_key" = true where "id" in (select "channel_id" from "channel_credential" group by "channel_id" having count(*) > 1);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "channel" drop column if exists "multi_key";`);
  }

}
