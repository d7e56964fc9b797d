/** How a feature provides its part of the picture that relays hold. Sources are listed in server/services.ts. */
import type { Sql } from '../../database/sql.ts';
import type { ResourceKind } from './snapshot-change.entity.ts';

/** One object of the picture; `key` is without the kind (`42`), `body` is the JSON text of its Relay… type. */
export interface ResourceBody { key: string; body: string }

/**
 * Both methods read through `sql`, which sees one moment of the database for all sources. The same object must always
 * give the same characters: the publisher compares bodies to find out what changed.
 */
export interface ResourceSource {
  readonly kind: ResourceKind;
  /** Every object that relays must know; deleted ones are left out. In batches: there may be a million tokens. */
  all(sql: Sql): AsyncIterable<readonly ResourceBody[]>;
  /** The present state of these objects; one that is left out is removed from the picture. */
  some(sql: Sql, keys: readonly string[]): Promise<readonly ResourceBody[]>;
}
