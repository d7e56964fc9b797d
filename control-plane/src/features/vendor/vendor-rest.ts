/** The compatible API of vendors (management-api 8). */
const status = '{from: "body.status", to: "input.enabled", cast: ONE_IS_TRUE}';

export const vendorRoutes = {
  get: '@rest(method: GET, path: "/api/vendors/{id}", view: "LegacyVendor")',
  list: '@rest(method: GET, path: "/api/vendors/", view: "LegacyVendor", envelope: PAGE)',
  search: '@rest(method: GET, path: "/api/vendors/search", view: "LegacyVendor", envelope: PAGE, bind: [{from: "query.keyword", to: "search"}])',
  create: `@rest(method: POST, path: "/api/vendors/", view: "LegacyVendor", bind: [${status}])`,
  update: `@rest(method: PUT, path: "/api/vendors/", view: "LegacyVendor", bind: [{from: "body.id", to: "id"}, ${status}])`,
  delete: '@rest(method: DELETE, path: "/api/vendors/{id}", view: "LegacyDeleted")',
} as const;
