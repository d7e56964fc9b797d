import { createMemoryHistory } from '@tanstack/react-router';
import { describe, expect, it } from 'vitest';
import { createLiveConnection } from './client/live.ts';
import type { StandingDesk } from './features/session/viewer.ts';
import { legacyRoutes } from './legacy-routes.ts';
import { createConsoleRouter } from './routes.tsx';

/** Where the console's own router ends up; nobody is asked who is signed in before a redirect of the table. */
function landingOf(address: string): string {
  const router = createConsoleRouter({} as StandingDesk, createLiveConnection({ protocol: 'http:', host: 'weir.test' } as Location), createMemoryHistory({ initialEntries: [address] }));
  const matches = router.matchRoutes(router.latestLocation);
  const leaf = matches.at(-1)!, route = Object.values(router.routesById).find(({ id }) => id === leaf.routeId)!;
  try {
    (route.options.beforeLoad as (given: object) => void)({ search: leaf.search });
  } catch (redirect) {
    const { to, search } = (redirect as { options: { to: string; search: object } }).options;
    return router.buildLocation({ to, search } as Parameters<typeof router.buildLocation>[0]).href;
  }
  return 'no redirect';
}

describe('legacy addresses', () => {
  it.each(Object.entries(legacyRoutes))('%s leads to %s', (from, to) => {
    expect(landingOf(from.replace('$section', 'common'))).toBe(to);
  });

  it('keep their query', () => expect(landingOf('/console/log?model=gpt-4o&q=abc')).toBe('/logs?model=gpt-4o&q=abc'));

  it('lead to pages that exist', () => {
    const router = createConsoleRouter({} as StandingDesk, createLiveConnection({ protocol: 'http:', host: 'weir.test' } as Location), createMemoryHistory());
    for (const to of Object.values(legacyRoutes)) expect(Object.keys(router.routesByPath)).toContain(to);
  });
});
