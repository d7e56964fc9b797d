/** What stands between the upstream's bytes and the client's: nothing, a few edits, or another dialect. */
import type { Frame } from '../../dialects/dialect.ts';
import type { Failure } from '../../failure/failure.ts';

export interface Translation {
  push(chunk: Buffer): readonly (Buffer | string)[] | Failure;
  /** What it said cannot be told: from here on nothing is. */
  readonly broken?: Failure | undefined;
  /** The upstream ended as it should: what must still be said. */
  end(): readonly (Buffer | string)[];
  /** The failure that ends the answer, where it must be told in terms of what came before. */
  fail?(failure: Failure): readonly Frame[] | undefined;
}
