/** Routes by hand, tried before the generated façade. */
import type { RawRoute } from '../../kernel/http/raw-route.ts';
import { tooMany } from '../../rest/answer.ts';
import type { MountOptions } from '../../rest/mount.ts';
import type { RestMount } from './rest-mount.ts';

const keyOf = (method: string, path: string): string => `${method} ${path.replace(/\/+$/, '')}`;

/** @param next answers everything that is none of these */
export function withRawRoutes(routes: readonly RawRoute[], limit: MountOptions['limit'], next: RestMount): RestMount {
  const byKey = new Map(routes.map((route) => [keyOf(route.method, route.path), route]));
  if (byKey.size !== routes.length) throw new Error('Two routes by hand claim the same path');
  return async (message, context) => {
    const route = byKey.get(keyOf(message.method, message.path));
    if (!route) return next(message, context);
    const limited = await limit(route.rate, context);
    return limited ? tooMany(limited, context) : route.handle(message, context);
  };
}
