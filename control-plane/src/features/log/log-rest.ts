/** How the query words of the compatible API become a filter. */
const ownBinds = `{from: "query.type", to: "filter.types"}, {from: "query.start_timestamp", to: "filter.from", cast: UNIX_SECONDS},
  {from: "query.end_timestamp", to: "filter.to", cast: UNIX_SECONDS}, {from: "query.token_name", to: "filter.tokenName"}, {from: "query.model_name", to: "filter.modelLike"},
  {from: "query.group", to: "filter.groups"}, {from: "query.request_id", to: "filter.requestId"}`;
const anyBinds = `${ownBinds}, {from: "query.username", to: "filter.username"}, {from: "query.channel", to: "filter.channelIds", cast: ZERO_IS_NULL}`;
const searchBinds = '{from: "query.keyword", to: "filter.keyword"}, {from: "const:100", to: "first", cast: INT}';

export const logRoutes = {
  any: `@rest(method: GET, path: "/api/log/", view: "LegacyLog", envelope: PAGE, bind: [${anyBinds}])`,
  anySearch: `@rest(method: GET, path: "/api/log/search", view: "LegacyLog", envelope: LIST, bind: [${searchBinds}])`,
  anyStat: `@rest(method: GET, path: "/api/log/stat", view: "LegacyLogStat", bind: [${anyBinds}])`,
  delete: '@rest(method: DELETE, path: "/api/log/", view: "LegacyDeletedLogs", bind: [{from: "query.target_timestamp", to: "before", cast: UNIX_SECONDS}])',
  own: `@rest(method: GET, path: "/api/log/self", view: "LegacyOwnLog", envelope: PAGE, bind: [${ownBinds}])`,
  ownSearch: `@rest(method: GET, path: "/api/log/self/search", view: "LegacyOwnLog", envelope: LIST, rate: SEARCH, bind: [${searchBinds}])`,
  ownStat: `@rest(method: GET, path: "/api/log/self/stat", view: "LegacyLogStat", bind: [${ownBinds}, {from: "query.channel", to: "filter.channelIds", cast: ZERO_IS_NULL}])`,
  token: '@rest(method: GET, path: "/api/log/token", auth: [NONE], view: "LegacyTokenLogs", rate: SEARCH)',
} as const;
