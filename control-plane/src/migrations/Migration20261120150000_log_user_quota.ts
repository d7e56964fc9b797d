import { Migration } from '@mikro-orm/migrations';

/** A user's requests in the order of what they cost. Without it PostgreSQL walks the amounts of everybody, for half a minute. */
export class Migration20261120150000_log_user_quota extends Migration {

  override name = 'Migration20261120150000_log_user_quota';

  override up(): void | Promise<void> {
    this.addSql(`create index "log_user_quota" on "log" ("user_id", "quota", "seq");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "log_user_quota";`);
  }

}
