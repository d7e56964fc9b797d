/** A value for each name, and one for the names that have none. */
export class ByName<Value> {
  private readonly own: ReadonlyMap<string, Value>;
  private readonly others: Value;

  /** @param pairs of which one may be named `default` */
  constructor(pairs: Iterable<readonly [string, Value]>, fallback: Value) {
    this.own = new Map(pairs);
    this.others = this.own.get('default') ?? fallback;
  }

  /** Of the first of these names that has a value of its own. */
  of(...names: readonly string[]): Value {
    for (const name of names) {
      const found = this.own.get(name);
      if (found !== undefined) return found;
    }
    return this.others;
  }
}
