/** `POST /api/channel/multi_key/manage` hides seven actions behind one member of the body (management-api 8). */
const route = (when: string, answer: string, bind: string) =>
  `@rest(method: POST, path: "/api/channel/multi_key/manage", when: "body.action ${when}", ${answer}, bind: [{from: "body.channel_id", to: "channelId"}, ${bind}])`;

const index = '{from: "body.key_index", to: "positions"}';
const known = ['get_key_status', 'enable_key', 'disable_key', 'delete_key', 'enable_all_keys', 'disable_all_keys', 'delete_disabled_keys'].map((word) => `'${word}'`).join(', ');
const change = (word: string, action: string, answer = 'envelope: MESSAGE') => route(`== '${word}'`, answer, `{from: "const:${action}", to: "action"}, ${index}`);

export const multiKeyRoutes = {
  status: route("== 'get_key_status'", 'view: "LegacyKeyStatus"', '{from: "body.page", to: "page"}, {from: "body.page_size", to: "pageSize"}, {from: "body.status", to: "status"}'),
  enable: change('enable_key', 'ENABLE'),
  disable: change('disable_key', 'DISABLE'),
  delete: change('delete_key', 'DELETE'),
  enableAll: change('enable_all_keys', 'ENABLE_ALL'),
  disableAll: change('disable_all_keys', 'DISABLE_ALL'),
  deleteDisabled: change('delete_disabled_keys', 'DELETE_AUTO_DISABLED', 'view: "LegacyChangedKeys"'),
  unknown: route(`not in [${known}]`, 'envelope: MESSAGE', index),
} as const;
