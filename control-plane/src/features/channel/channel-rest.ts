/** How the members of the compatible REST object become arguments: `from` is where the object stands in the body. */
const members = {
  name: 'name', type: 'type', base_url: 'baseUrl', status: 'status', priority: 'priority', weight: 'weight', tag: 'tag', model_mapping: 'modelMapping',
  test_model: 'testModel', remark: 'remark', auto_ban: 'autoBan', other: 'extras.other', openai_organization: 'extras.organization', setting: 'extras.setting',
  settings: 'extras.settings', status_code_mapping: 'extras.statusCodeMapping', param_override: 'extras.paramOverride', header_override: 'extras.headerOverride',
} as const;

export const channelBinds = (from: string, member: 'credentials' | 'appendCredentials' = 'credentials'): string => [
  ...Object.entries(members).map(([member, field]) => `{from: "${from}.${member}", to: "input.${field}"}`),
  `{from: "${from}.models", to: "input.models", cast: CSV_LIST}`,
  `{from: "${from}.group", to: "input.groups", cast: CSV_LIST}`,
  `{from: "${from}.key", to: "input.${member}"}`,
  '{from: "body.multi_key_mode", to: "input.credentialMode"}',
].join(', ');

const listBinds = `{from: "query.status", to: "filter.enabled", cast: ON_OFF}, {from: "query.type", to: "filter.types"}`;
const searchBinds = `{from: "query.keyword", to: "filter.search"}, {from: "query.group", to: "filter.groups"}, {from: "query.model", to: "filter.model"}, ${listBinds}`;
const byId = `{from: "const:ID", to: "orderBy.field"}, {from: "const:DESC", to: "orderBy.direction"}`;

const list = (path: string, when: string, binds: string) =>
  `@rest(method: GET, path: "${path}", view: "LegacyChannelPage", envelope: PAGE, when: "query.id_sort ${when} 'true', '1'", bind: [${binds}, {from: "query.tag_mode", to: "byTag", cast: BOOL_TEXT}])`;

export const listRoutes = [
  list('/api/channel/', 'not in', listBinds), list('/api/channel/', 'in', `${listBinds}, ${byId}`),
  list('/api/channel/search', 'not in', searchBinds), list('/api/channel/search', 'in', `${searchBinds}, ${byId}`),
] as const;
