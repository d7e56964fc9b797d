import { Migration } from '@mikro-orm/migrations';

const filtered = ['token_id', 'type', 'group_name', 'token_name', 'model'].map((column) => `"${column}"`).join(', ');

/**
 * What a user filters the own log by, inside of the two indexes that pages of it are read by. Behind `seq`, which is unique, it changes no
 * order: it lets PostgreSQL pass over tens of thousands of rows that do not fit without fetching one of them.
 */
export class Migration20261120170500_log_user_wide extends Migration {

  override name = 'Migration20261120170500_log_user_wide';

  override up(): void | Promise<void> {
    this.addSql(`drop index "log_user", "log_user_quota";`);
    this.addSql(`create index "log_user" on "log" ("user_id", "created_at", "seq", ${filtered});`);
    this.addSql(`create index "log_user_quota" on "log" ("user_id", "quota", "seq", ${filtered});`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "log_user", "log_user_quota";`);
    this.addSql(`create index "log_user" on "log" ("user_id", "created_at", "seq");`);
    this.addSql(`create index "log_user_quota" on "log" ("user_id", "quota", "seq");`);
  }

}
