import { Migration } from '@mikro-orm/migrations';

export class Migration20261120173100_token_model_list extends Migration {

  override name = 'Migration20261120173100_token_model_list';

  override up(): void | Promise<void> {
    this.addSql(`alter table "token" add "model_list" text[] not null default '{}';`);

    this.addSql(`update "token" set "model_list" = "models" where "models" is not null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "token" drop column if exists "model_list";`);
  }

}
