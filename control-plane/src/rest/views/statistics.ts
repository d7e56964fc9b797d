/** Usage by hour or day, with the words of both compatible APIs in each row. */
import { quotaNumber, unixSeconds, type Node, type RestView } from '../view.ts';

export const legacyQuotaData: RestView = {
  name: 'LegacyQuotaData', on: 'UsageRow', selection: 'at model userId username requests tokens quota', encode: (row) => row,
  // An hour in which a model only failed has no request that was paid for: here it is not told.
  encodeList: (rows) => rows.filter(({ requests }: Node) => Number(requests) > 0).map(({ at, model, userId, username, requests, tokens, quota }: Node, index) => ({
    id: index + 1, user_id: userId === null ? 0 : Number(String(userId).replace(/^\D+/, '')), username, model_name: model, created_at: unixSeconds(at),
    token_used: Number(tokens), count: Number(requests), quota: quotaNumber(quota),
    date: new Date(at).toISOString().slice(0, 10), used_quota: quotaNumber(quota), request_count: Number(requests),
  })),
};
