/** Which bucket a REST route draws on, beside the one that everything below /api shares (management-api 2.6). */
import { limitKey } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { Bucket, Limited, RateLimits } from '../../kernel/rate-limits.ts';
import type { RestRoute } from '../../rest/route.ts';

const bucketOf: Record<RestRoute['rate'], Bucket | undefined> = { NORMAL: undefined, SEARCH: 'search', CRITICAL: 'critical' };

export const restLimits = (limits: RateLimits) => async (rate: RestRoute['rate'], { address }: RequestContext): Promise<Limited | undefined> => {
  const bucket = bucketOf[rate];
  return bucket && limits.take(bucket, limitKey(address));
};
