/** Idempotency keys for clients that send none: a double click is one call (graphql-design 10). */
import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '../kernel/running/clock.ts';
import type { RequestContext } from '../kernel/context.ts';
import type { RestRequest } from './bind.ts';

const validMs = 10_000;

/** What the call names can be given away once only (a code), or is the caller's own (their invite quota): a second call is answered for itself. */
const oneShot = new Set(['POST api/user/topup', 'POST api/user/aff_transfer']);

export class DerivedKeys {
  constructor(private readonly redis: Redis, private readonly clock: Clock) {}

  /** The client's own key, or one that the same call of the same user shares for ten seconds, on all instances. */
  async keyOf(request: RestRequest, { headers, principal }: RequestContext): Promise<string> {
    const given = headers.get('idempotency-key');
    if (given !== undefined) return given;
    const place = request.path.split('/').filter(Boolean);
    if (oneShot.has(`${request.method} ${place.join('/')}`)) return `rest:${randomUUID()}`;
    const call = [principal?.userId ?? 0, request.method, place, [...request.query], request.body ?? null];
    return this.shared(createHash('sha256').update(JSON.stringify(call)).digest('hex'));
  }

  private async shared(digest: string): Promise<string> {
    const fresh = `rest:${randomUUID()}`;
    try {
      return (await this.redis.set(`weir:rest-key:${digest}`, fresh, 'PX', validMs, 'NX', 'GET')) ?? fresh;
    } catch {
      // Redis is away: slots of ten seconds know a double click too, unless it straddles their border.
      return `rest:${digest}:${Math.floor(this.clock.now().getTime() / validMs)}`;
    }
  }
}
