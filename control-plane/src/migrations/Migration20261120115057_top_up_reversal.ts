import { Migration } from '@mikro-orm/migrations';

export class Migration20261120115057_top_up_reversal extends Migration {

  override name = 'Migration20261120115057_top_up_reversal';

  override up(): void | Promise<void> {
    this.addSql(`alter table "top_up" add "reversed_quota" bigint not null default '0';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "top_up" drop column "reversed_quota";`);
  }

}
