/** Routes of the compatible API for many channels. Missing ids are a refusal in the body and no fault of its form (management-api 8). */
const ids = '{from: "body.ids", to: "ids", cast: JSON_TEXT, default: "[]"}';
const tag = '{from: "body.tag", to: "tag", default: ""}';
// The whole input is fixed: other members of the body must not become changes.
const switched = (status: string) => `${tag}, {from: "const:{\\"status\\":\\"${status}\\"}", to: "input", cast: JSON_TEXT}`;

export const bulkRoutes = {
  delete: `@rest(method: POST, path: "/api/channel/batch", view: "LegacyBulkSent", bind: [${ids}])`,
  deleteDisabled: '@rest(method: DELETE, path: "/api/channel/disabled", view: "LegacyBulkMatched")',
  tag: `@rest(method: POST, path: "/api/channel/batch/tag", view: "LegacyBulkSent", bind: [${ids}, {from: "body.tag", to: "input.tag", default: ""}])`,
  copy: `@rest(method: POST, path: "/api/channel/copy/{id}", view: "LegacyChannelId", bind: [{from: "query.suffix", to: "suffix", default: "_复制"},
    {from: "query.reset_balance", to: "resetBalance", cast: BOOL_TEXT}])`,
  tagEnable: `@rest(method: POST, path: "/api/channel/tag/enabled", envelope: MESSAGE, bind: [${switched('ENABLED')}])`,
  tagDisable: `@rest(method: POST, path: "/api/channel/tag/disabled", envelope: MESSAGE, bind: [${switched('DISABLED')}])`,
  tagEdit: `@rest(method: PUT, path: "/api/channel/tag", envelope: MESSAGE, bind: [${tag}, {from: "body.models", to: "input.models", cast: CSV_LIST},
    {from: "body.groups", to: "input.groups", cast: CSV_LIST}])`,
  tagModels: '@rest(method: GET, path: "/api/channel/tag/models", view: "LegacyModelText")',
  fix: '@rest(method: POST, path: "/api/channel/fix", view: "LegacyFix")',
} as const;
