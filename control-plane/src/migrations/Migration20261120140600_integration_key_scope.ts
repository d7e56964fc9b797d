import { Migration } from '@mikro-orm/migrations';

export class Migration20261120140600_integration_key_scope extends Migration {

  override name = 'Migration20261120140600_integration_key_scope';

  override up(): void | Promise<void> {
    this.addSql(`alter table "integration_key" add column "user_scope" int[] null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "integration_key" drop column "user_scope";`);
  }

}
