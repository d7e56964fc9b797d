/** Every address of the console. Pages are loaded when they are first opened. */
import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import type { Client } from 'urql';

export function createConsoleRouter(_client: Client) {
  const root = createRootRoute({ component: Outlet });
  const home = createRoute({ getParentRoute: () => root, path: '/', component: () => null });
  return createRouter({ routeTree: root.addChildren([home]), defaultPreload: 'intent' });
}
