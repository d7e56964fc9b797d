/**
 * An immutable map whose next version shares nearly everything with this one: a change copies the few hundred entries of one
 * shard, not 100,000. Lookups cost one Map lookup and a short hash.
 */
const shardBits = 10, shardCount = 1 << shardBits, mask = shardCount - 1;

/** Only the end of a text is read: ids, hashes and model names differ there. */
function shardOf(key: string | number): number {
  if (typeof key === 'number') return key & mask;
  let hash = key.length;
  for (let i = Math.max(0, key.length - 8); i < key.length; i++) hash = Math.imul(hash, 31) + key.charCodeAt(i);
  return (hash ^ (hash >>> 15)) & mask;
}

type Shards<K, V> = readonly (ReadonlyMap<K, V> | undefined)[];

export class PersistentMap<K extends string | number, V> {
  readonly size: number;
  private readonly shards: Shards<K, V>;

  constructor(shards: Shards<K, V> = [], size = 0) {
    this.shards = shards;
    this.size = size;
  }

  get(key: K): V | undefined {
    return this.shards[shardOf(key)]?.get(key);
  }

  *values(): Generator<V> {
    for (const shard of this.shards) if (shard) yield* shard.values();
  }

  edit(): MapDraft<K, V> {
    return new MapDraft(this.shards, this.size);
  }
}

/** A version in the making. The map that it came from does not change. */
export class MapDraft<K extends string | number, V> {
  size: number;
  private shards: Shards<K, V>;
  private writable: (ReadonlyMap<K, V> | undefined)[] = [];
  /** The shards that this draft made and may write to; with the first one the list of shards became its own too. */
  private readonly own = new Map<number, Map<K, V>>();

  constructor(shards: Shards<K, V>, size: number) {
    this.shards = shards;
    this.size = size;
  }

  get(key: K): V | undefined {
    return this.shards[shardOf(key)]?.get(key);
  }

  set(key: K, value: V): void {
    const shard = this.owned(shardOf(key)), before = shard.size;
    this.size += shard.set(key, value).size - before;
  }

  delete(key: K): void {
    if (this.get(key) !== undefined && this.owned(shardOf(key)).delete(key)) this.size--;
  }

  /** Ends the draft: it must not be changed afterwards. */
  finish(): PersistentMap<K, V> {
    return new PersistentMap(this.shards, this.size);
  }

  private owned(index: number): Map<K, V> {
    const existing = this.own.get(index);
    if (existing) return existing;
    const shard = new Map(this.shards[index]);
    if (this.own.size === 0) this.writable = Array.from({ length: shardCount }, (_, i) => this.shards[i]);
    this.shards = this.writable;
    this.writable[index] = shard;
    this.own.set(index, shard);
    return shard;
  }
}
