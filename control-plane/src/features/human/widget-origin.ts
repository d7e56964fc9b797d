import type { MikroORM } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { readOptions } from '../option/option-values.ts';

/** Where the widget of the human check is loaded from; undefined while nobody is checked, or while the database does not say. */
export const widgetOrigin = (orm: MikroORM) => async (): Promise<string | undefined> => {
  try {
    const options = await readOptions(sqlOf(orm.em.fork()), ['TurnstileCheckEnabled', 'turnstile.script_url']);
    return options.get('TurnstileCheckEnabled') === 'true' ? URL.parse(options.get('turnstile.script_url')!)?.origin : undefined;
  } catch {
    return undefined;                                    // the page must open without PostgreSQL
  }
};
