import { Migration } from '@mikro-orm/migrations';

export class Migration20261120115000_channel_proxy extends Migration {

  override name = 'Migration20261120115000_channel_proxy';

  override up(): void | Promise<void> {
    this.addSql(`alter table "channel" add "proxy" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "channel" drop column "proxy";`);
  }

}
