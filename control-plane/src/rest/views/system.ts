/** Health and uptime, as new-api clients read them. */
import type { Node, RestView } from '../view.ts';

export const legacySystemTest: RestView = {
  name: 'LegacySystemTest', on: 'SystemTest', selection: 'activeConnections', encode: () => undefined, encodeBeside: ({ activeConnections }) => ({ http_stats: { active_connections: activeConnections } }),
};

const statusNumbers: Record<string, number> = { DOWN: 0, UP: 1, PENDING: 2, MAINTENANCE: 3 };

export const legacyUptime: RestView = {
  name: 'LegacyUptime', on: 'UptimeGroup', selection: 'name monitors { name group status uptime }',
  encode: ({ name, monitors }) => ({ categoryName: name, monitors: monitors.map((one: Node) => ({ name: one.name, uptime: one.uptime, status: statusNumbers[one.status], group: one.group })) }),
};
