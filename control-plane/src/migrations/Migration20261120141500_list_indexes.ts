import { Migration } from '@mikro-orm/migrations';

/** What measuring every list with every filter and order showed to be missing: channels, codes, and kinds and times of the ledger. */
export class Migration20261120141500_list_indexes extends Migration {

  override name = 'Migration20261120141500_list_indexes';

  override up(): void | Promise<void> {
    // An index takes no function that may change its mind, and PostgreSQL says so of array_to_string because of other types than text.
    this.addSql(`create function channel_models_text(models text[]) returns text language sql immutable parallel safe as $$ select array_to_string(models, e'\\n') $$;`);
    this.addSql(`create index "channel_search" on "channel" using gin ("name" gin_trgm_ops, "base_url" gin_trgm_ops, "tag" gin_trgm_ops, channel_models_text("models") gin_trgm_ops);`);
    this.addSql(`create index "channel_sets" on "channel" using gin ("models", "group_names");`);
    for (const column of ['name', 'type', 'status', 'priority', 'weight', 'response_time_ms', 'created_at', 'tag']) this.addSql(`create index "channel_${column}_id_index" on "channel" ("${column}", "id");`);

    for (const column of ['name', 'quota', 'created_at', 'status', 'expires_at', 'redeemed_at']) this.addSql(`create index "redemption_${column}_id_index" on "redemption" ("${column}", "id");`);
    this.addSql(`create index "redemption_expires_last" on "redemption" ("expires_at" desc nulls last, "id" desc);`);
    this.addSql(`create index "redemption_redeemed_last" on "redemption" ("redeemed_at" desc nulls last, "id" desc);`);
    this.addSql(`create index "redemption_search" on "redemption" using gin ("name" gin_trgm_ops);`);

    this.addSql(`create index "ledger_transaction_at_index" on "ledger_transaction" ("at");`);
    // Settled requests are nearly all of them, and found by walking from the newest: the index would only cost them.
    this.addSql(`create index "ledger_transaction_rare_kind" on "ledger_transaction" ("kind", "id") where kind <> 'CONSUME';`);
  }

  override down(): void | Promise<void> {
    const names = ['channel_search', 'channel_sets', ...['name', 'type', 'status', 'priority', 'weight', 'response_time_ms', 'created_at', 'tag'].map((column) => `channel_${column}_id_index`)];
    const codes = ['expires_last', 'redeemed_last', 'search', ...['name', 'quota', 'created_at', 'status', 'expires_at', 'redeemed_at'].map((column) => `${column}_id_index`)].map((name) => `redemption_${name}`);
    for (const name of [...names, ...codes, 'ledger_transaction_at_index', 'ledger_transaction_rare_kind']) this.addSql(`drop index "${name}";`);
    this.addSql(`drop function channel_models_text;`);
  }

}
