import { Migration } from '@mikro-orm/migrations';

export class Migration20261120093724_sidebar_modules extends Migration {

  override name = 'Migration20261120093724_sidebar_modules';

  override up(): void | Promise<void> {
    this.addSql(`alter table "user_account" add "sidebar_modules" text not null default '';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "user_account" drop column "sidebar_modules";`);
  }

}
