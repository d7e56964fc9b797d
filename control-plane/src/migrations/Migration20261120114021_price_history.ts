import { Migration } from '@mikro-orm/migrations';

export class Migration20261120114021_price_history extends Migration {

  override name = 'Migration20261120114021_price_history';

  override up(): void | Promise<void> {
    this.addSql(`create index "price_model_id_index" on "price" ("model", "id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "price_model_id_index";`);
  }

}
