/** Batching for what the ORM's own loader cannot batch. A loader lives as long as its request, never longer (GQL-06). */
import DataLoader from 'dataloader';
import type { RequestContext } from './context.ts';

const loaders = new WeakMap<RequestContext, Map<unknown, unknown>>();

type Batch<K, V> = (ctx: RequestContext, keys: readonly K[]) => Promise<ArrayLike<V | Error>>;

/**
 * The request's loader for `batch`, which is also its identity: pass a function that outlives the call.
 * `batch` answers in the order of its keys.
 */
export function requestLoader<K, V>(ctx: RequestContext, batch: Batch<K, V>): DataLoader<K, V> {
  let own = loaders.get(ctx);
  if (!own) loaders.set(ctx, (own = new Map()));
  let loader = own.get(batch) as DataLoader<K, V> | undefined;
  if (!loader) own.set(batch, (loader = new DataLoader<K, V>((keys) => batch(ctx, keys))));
  return loader;
}
