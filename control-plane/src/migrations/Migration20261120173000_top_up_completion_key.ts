import { Migration } from '@mikro-orm/migrations';

export class Migration20261120173000_top_up_completion_key extends Migration {

  override name = 'Migration20261120173000_top_up_completion_key';

  override up(): void | Promise<void> {
    this.addSql(`alter table "top_up" add "completion_key" varchar(128) null;`);
    this.addSql(`alter table "top_up" add constraint "top_up_completed_by_id_completion_key_unique" unique ("completed_by_id", "completion_key");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "top_up" drop constraint "top_up_completed_by_id_completion_key_unique";`);
    this.addSql(`alter table "top_up" drop column "completion_key";`);
  }

}
