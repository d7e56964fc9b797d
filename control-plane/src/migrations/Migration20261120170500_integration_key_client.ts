import { Migration } from '@mikro-orm/migrations';

export class Migration20261120170500_integration_key_client extends Migration {

  override name = 'Migration20261120170500_integration_key_client';

  override up(): void | Promise<void> {
    this.addSql(`alter table "integration_key" add "last_client" varchar(100) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "integration_key" drop column "last_client";`);
  }

}
