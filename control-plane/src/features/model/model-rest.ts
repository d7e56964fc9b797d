/** The compatible API of model metadata (management-api 8). `/api/models` without the slash is another endpoint. */
const fields = `{from: "body.model_name", to: "input.name"}, {from: "body.tags", to: "input.tags", cast: CSV_LIST}, {from: "body.vendor_id", to: "input.vendorId", cast: ZERO_IS_NULL},
  {from: "body.status", to: "input.enabled", cast: ONE_IS_TRUE}, {from: "body.sync_official", to: "input.syncOfficial", cast: ZERO_OR_ONE}`;

export const modelRoutes = {
  get: '@rest(method: GET, path: "/api/models/{id}", view: "LegacyModel")',
  list: '@rest(method: GET, path: "/api/models/", view: "LegacyModelPage", envelope: PAGE)',
  search: '@rest(method: GET, path: "/api/models/search", view: "LegacyModel", envelope: PAGE, bind: [{from: "query.keyword", to: "filter.search"}, {from: "query.vendor", to: "filter.vendor"}])',
  missing: '@rest(method: GET, path: "/api/models/missing", envelope: LIST)',
  create: `@rest(method: POST, path: "/api/models/", view: "LegacyModel", bind: [${fields}])`,
  update: `@rest(method: PUT, path: "/api/models/", view: "LegacyModel", when: "query.status_only != 'true'", bind: [{from: "body.id", to: "id"}, ${fields}])`,
  setEnabled: '@rest(method: PUT, path: "/api/models/", view: "LegacyModel", when: "query.status_only == \'true\'", bind: [{from: "body.id", to: "id"}, {from: "body.status", to: "enabled", cast: ONE_IS_TRUE, default: "0"}])',
  delete: '@rest(method: DELETE, path: "/api/models/{id}", view: "LegacyDeleted")',
  preview: '@rest(method: GET, path: "/api/models/sync_upstream/preview", view: "LegacyModelSyncPreview")',
  sync: '@rest(method: POST, path: "/api/models/sync_upstream", view: "LegacyModelSync")',
} as const;
