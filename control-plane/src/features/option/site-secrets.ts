/** Settings that are secrets: sealed in their row, opened only where they are used (SEC-01). */
import type { Sql } from '../../database/sql.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { OptionKey } from './option-registry.ts';

const placeOf = (key: OptionKey) => ({ table: 'site_option', row: key, column: 'value' });

export class SiteSecrets {
  constructor(private readonly box: SecretBox) {}

  seal(key: OptionKey, text: string): string {
    return this.box.seal(text, placeOf(key));
  }

  /** Empty when none is stored. */
  async read(sql: Sql, key: OptionKey): Promise<string> {
    const [row] = await sql<{ value: string }>('select value from site_option where key = $1', [key]);
    return row?.value ? this.box.open(row.value, placeOf(key)) : '';
  }
}
