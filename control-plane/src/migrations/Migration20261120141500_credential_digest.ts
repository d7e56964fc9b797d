import { Migration } from '@mikro-orm/migrations';

export class Migration20261120141500_credential_digest extends Migration {

  override name = 'Migration20261120141500_credential_digest';

  override up(): void | Promise<void> {
    this.addSql(`alter table "channel_credential" add column "digest" varchar(43) null;`);
    this.addSql(`create index "channel_credential_digest_index" on "channel_credential" ("digest");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "channel_credential" drop column "digest";`);
  }

}
