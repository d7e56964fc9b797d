/** How the query words of the compatible API become filters. Tasks count seconds, drawings milliseconds. */
const span = (cast: string) => `{from: "query.start_timestamp", to: "filter.from", cast: ${cast}}, {from: "query.end_timestamp", to: "filter.to", cast: ${cast}}`;
const channel = '{from: "query.channel_id", to: "filter.channelId", cast: ZERO_IS_NULL}';
const task = `{from: "query.task_id", to: "filter.taskId"}, {from: "query.platform", to: "filter.platforms"}, {from: "query.action", to: "filter.actions"},
  {from: "query.status", to: "filter.statuses"}, ${span('UNIX_SECONDS')}`;
const drawing = `{from: "query.mj_id", to: "filter.mjId"}, ${span('UNIX_MILLISECONDS')}`;

export const taskRoutes = {
  tasks: `@rest(method: GET, path: "/api/task/", view: "LegacyTask", envelope: PAGE, bind: [${task}, ${channel}])`,
  ownTasks: `@rest(method: GET, path: "/api/task/self", view: "LegacyOwnTask", envelope: PAGE, bind: [${task}])`,
  drawings: `@rest(method: GET, path: "/api/mj/", view: "LegacyDrawing", envelope: PAGE, bind: [${drawing}, ${channel}])`,
  ownDrawings: `@rest(method: GET, path: "/api/mj/self", view: "LegacyOwnDrawing", envelope: PAGE, bind: [${drawing}])`,
} as const;
