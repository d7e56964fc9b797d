/** The compatible API of users (management-api 8). */
const text = '{from: "body.group", to: "input.group", cast: ZERO_IS_NULL}, {from: "body.role", to: "input.role", cast: ZERO_IS_NULL}, {from: "body.quota", to: "input.quota", cast: QUOTA_INT}';
const manage = (action: string, rest = '') => `@rest(method: POST, path: "/api/user/manage", view: "LegacyManagedUser", when: "body.action == '${action}'", bind: [{from: "body.id", to: "id"}${rest}])`;

export const userRoutes = {
  get: '@rest(method: GET, path: "/api/user/{id}", view: "LegacyUser", bind: [{from: "const:true", to: "manageable"}])',
  list: `@rest(method: GET, path: "/api/user/", view: "LegacyUser", envelope: PAGE, bind: [{from: "query.username", to: "filter.username"},
    {from: "query.group", to: "filter.groups", cast: CSV_LIST}, {from: "const:true", to: "filter.includeDeleted"}])`,
  search: `@rest(method: GET, path: "/api/user/search", view: "LegacyUser", envelope: PAGE, bind: [{from: "query.keyword", to: "filter.search"},
    {from: "query.group", to: "filter.groups", cast: CSV_LIST}])`,
  create: `@rest(method: POST, path: "/api/user/", view: "LegacyCreatedUser", bind: [{from: "body.username", to: "input.username", default: ""},
    {from: "body.password", to: "input.password", default: ""}, ${text}])`,
  update: `@rest(method: PUT, path: "/api/user/", envelope: MESSAGE, bind: [{from: "body.id", to: "id"}, {from: "body.password", to: "input.password", cast: ZERO_IS_NULL}, ${text}])`,
  delete: '@rest(method: DELETE, path: "/api/user/{id}", envelope: MESSAGE, bind: [{from: "const:true", to: "forGood"}])',
  manageDelete: manage('delete'),
  enable: manage('enable', ', {from: "const:ENABLED", to: "status"}'),
  disable: manage('disable', ', {from: "const:DISABLED", to: "status"}'),
  promote: manage('promote', ', {from: "const:10", to: "role"}'),
  demote: manage('demote', ', {from: "const:1", to: "role"}'),
  /** When it is sent, only it is stored. */
  sidebar: '@rest(method: PUT, path: "/api/user/self", envelope: MESSAGE, when: "body.sidebar_modules")',
  updateSelf: `@rest(method: PUT, path: "/api/user/self", envelope: MESSAGE, when: "!body.sidebar_modules", bind: [{from: "body.password", to: "input.newPassword", cast: ZERO_IS_NULL},
    {from: "body.original_password", to: "input.currentPassword"}])`,
  deleteSelf: '@rest(method: DELETE, path: "/api/user/self", envelope: MESSAGE)',
} as const;
