import { Migration } from '@mikro-orm/migrations';

/** What the clock finds out about models of providers, and who is told. */
export class Migration20261120172900_upstream_watch extends Migration {

  override name = 'Migration20261120172900_upstream_watch';

  override up(): void | Promise<void> {
    this.addSql(`alter table "channel_upstream" add column "told" text[] not null default '{}';`);
    this.addSql(`alter table "notify_setting" add column "upstream_model_updates" boolean not null default false;`);
    this.addSql(`alter table "notification" drop constraint "notification_kind_check";`);
    this.addSql(`alter table "notification" add constraint "notification_kind_check" check ("kind" in ('QUOTA_LOW', 'CHANNEL_UPDATE', 'CHANNEL_TEST', 'SECURITY', 'UPSTREAM_MODELS'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`delete from "notification" where "kind" = 'UPSTREAM_MODELS';`);
    this.addSql(`alter table "notification" drop constraint "notification_kind_check";`);
    this.addSql(`alter table "notification" add constraint "notification_kind_check" check ("kind" in ('QUOTA_LOW', 'CHANNEL_UPDATE', 'CHANNEL_TEST', 'SECURITY'));`);
    this.addSql(`alter table "notify_setting" drop column "upstream_model_updates";`);
    this.addSql(`alter table "channel_upstream" drop column "told";`);
  }

}
