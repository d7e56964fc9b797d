import { Migration } from '@mikro-orm/migrations';

/** Prices that are an expression, beside ratios and prices of a request. */
export class Migration20261120123500_expression_prices extends Migration {

  override name = 'Migration20261120123500_expression_prices';

  override up(): void | Promise<void> {
    this.addSql(`alter table "price" add column "tiered" boolean not null default false, add column "expression" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "price" drop column "tiered", drop column "expression";`);
  }

}
