import { Migration } from '@mikro-orm/migrations';

export class Migration20261120121000_security_news extends Migration {

  override name = 'Migration20261120121000_security_news';

  override up(): void | Promise<void> {
    this.addSql(`alter table "notification" drop constraint "notification_kind_check";`);
    this.addSql(`alter table "notification" add constraint "notification_kind_check" check ("kind" in ('QUOTA_LOW', 'CHANNEL_UPDATE', 'CHANNEL_TEST', 'SECURITY'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`delete from "notification" where "kind" = 'SECURITY';`);
    this.addSql(`alter table "notification" drop constraint "notification_kind_check";`);
    this.addSql(`alter table "notification" add constraint "notification_kind_check" check ("kind" in ('QUOTA_LOW', 'CHANNEL_UPDATE', 'CHANNEL_TEST'));`);
  }

}
