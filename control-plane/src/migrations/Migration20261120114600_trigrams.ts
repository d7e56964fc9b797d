import { Migration } from '@mikro-orm/migrations';

/** Finds a part of a name among a million. The extension comes with PostgreSQL, and who owns a database may add it. */
export class Migration20261120114600_trigrams extends Migration {

  override name = 'Migration20261120114600_trigrams';

  override up(): void | Promise<void> {
    this.addSql(`create extension if not exists pg_trgm;`);
  }

}
