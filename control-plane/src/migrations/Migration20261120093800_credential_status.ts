import { Migration } from '@mikro-orm/migrations';

export class Migration20261120093800_credential_status extends Migration {

  override name = 'Migration20261120093800_credential_status';

  override up(): void | Promise<void> {
    this.addSql(`alter table "channel_credential" add column "status_reason" varchar(500) null, add column "status_changed_at" timestamptz(3) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "channel_credential" drop column "status_reason", drop column "status_changed_at";`);
  }

}
