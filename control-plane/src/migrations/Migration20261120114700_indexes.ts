import { Migration } from '@mikro-orm/migrations';

/** What pages of a million users, a million keys and five million log rows are found by, for every offered filter and sort. */
export class Migration20261120114700_indexes extends Migration {

  override name = 'Migration20261120114700_indexes';

  override up(): void | Promise<void> {
    this.addSql(`drop index "token_user_id_index";`);
    this.addSql(`create index "token_search" on "token" using gin ("name" gin_trgm_ops, "masked_key" gin_trgm_ops);`);
    this.addSql(`create index "token_group_name_id_index" on "token" ("group_name", "id");`);
    this.addSql(`create index "token_status_id_index" on "token" ("status", "id");`);
    this.addSql(`create index "token_used_quota_id_index" on "token" ("used_quota", "id");`);
    this.addSql(`create index "token_expires_last" on "token" ("expires_at" desc nulls last, "id" desc);`);
    this.addSql(`create index "token_expires_at_id_index" on "token" ("expires_at", "id");`);
    this.addSql(`create index "token_accessed_last" on "token" ("accessed_at" desc nulls last, "id" desc);`);
    this.addSql(`create index "token_accessed_at_id_index" on "token" ("accessed_at", "id");`);
    this.addSql(`create index "token_created_at_id_index" on "token" ("created_at", "id");`);
    this.addSql(`create index "token_name_id_index" on "token" ("name", "id");`);
    this.addSql(`create index "token_user_id_id_index" on "token" ("user_id", "id");`);

    this.addSql(`create index "user_account_search" on "user_account" using gin ("username" gin_trgm_ops, "display_name" gin_trgm_ops, "email" gin_trgm_ops);`);
    this.addSql(`create index "user_account_status_id_index" on "user_account" ("status", "id");`);
    this.addSql(`create index "user_account_role_id_index" on "user_account" ("role", "id");`);
    this.addSql(`create index "user_account_group_name_id_index" on "user_account" ("group_name", "id");`);
    this.addSql(`create index "user_account_request_count_id_index" on "user_account" ("request_count", "id");`);
    this.addSql(`create index "user_account_used_quota_id_index" on "user_account" ("used_quota", "id");`);
    this.addSql(`create index "user_account_created_at_id_index" on "user_account" ("created_at", "id");`);

    // The log: one for each filter that may match few rows of many, in the order in which pages are read.
    for (const column of ['type', 'username', 'token_name', 'group_name']) this.addSql(`create index "log_${column}_at" on "log" ("${column}", "created_at", "seq");`);
    // Those of one kind may all stand at one end of the amounts.
    this.addSql(`create index "log_type_quota" on "log" ("type", "quota", "seq");`);
    this.addSql(`create index "log_failure_at" on "log" ("failure", "created_at", "seq") where failure is not null;`);
    this.addSql(`create index "log_content" on "log" (left(content, 100) text_pattern_ops) where content <> '';`);
  }

}
