/** Every address of the console. Pages, and the frame around them, are loaded when they are first opened. */
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, type RouterHistory } from '@tanstack/react-router';
import { LiveContext } from './client/live-context.ts';
import type { LiveConnection } from './client/live.ts';
import { ViewerContext, type Standing, type StandingDesk } from './features/session/viewer.ts';
import { bringAdmin, bringInside } from './i18n/i18n.ts';
import { legacyRoutes } from './legacy-routes.ts';
import { listSearch, logSearch, settingsSearch } from './page-search.ts';
import { NotFound, PageFault } from './ui/fault-pages.tsx';

interface Context { standing: StandingDesk; live: LiveConnection }

const homes = { 'setup-needed': '/setup', 'signed-out': '/sign-in', 'signed-in': '/overview' } as const satisfies Record<Standing['kind'], string>;

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageFault });

const home = createRoute({
  getParentRoute: () => root, path: '/',
  beforeLoad: async ({ context }) => { throw redirect({ to: homes[(await context.standing.current()).kind] }); },
});

const setup = createRoute({
  getParentRoute: () => root, path: '/setup',
  beforeLoad: async ({ context }) => {
    const { kind } = await context.standing.current();
    if (kind !== 'setup-needed') throw redirect({ to: homes[kind] });
  },
  component: lazyRouteComponent(() => import('./features/setup/setup.page.tsx'), 'SetupPage'),
});

const signIn = createRoute({
  getParentRoute: () => root, path: '/sign-in',
  beforeLoad: async ({ context }) => {
    const { kind } = await context.standing.current();
    if (kind !== 'signed-out') throw redirect({ to: homes[kind] });
  },
  component: lazyRouteComponent(() => import('./features/session/sign-in.page.tsx'), 'SignInPage'),
});

/** Pages for people without an account, or without their password. Who is signed in has no need of them. */
const signedOutOnly = async ({ context }: { context: Context }) => {
  const { kind } = await context.standing.current();
  if (kind !== 'signed-out') throw redirect({ to: homes[kind] });
};
const register = createRoute({ getParentRoute: () => root, path: '/register', beforeLoad: signedOutOnly, component: lazyRouteComponent(() => import('./features/registration/register.page.tsx'), 'RegisterPage') });
const forgot = createRoute({ getParentRoute: () => root, path: '/forgot-password', beforeLoad: signedOutOnly, component: lazyRouteComponent(() => import('./features/registration/forgot.page.tsx'), 'ForgotPage') });
/** The address of mailed links: the compatible API fixes it. */
const reset = createRoute({ getParentRoute: () => root, path: '/user/reset', component: lazyRouteComponent(() => import('./features/registration/reset.page.tsx'), 'ResetPage') });

/** Open to both: somebody who is signed in binds an account, anybody else signs in. */
const oauthReturn = createRoute({
  getParentRoute: () => root, path: '/oauth/$provider',
  component: lazyRouteComponent(() => import('./features/session/oauth-return.page.tsx'), 'OAuthReturnPage'),
});

/** With the words that stand behind the sign-in. */
const Frame = lazyRouteComponent(async () => {
  const [frame] = await Promise.all([import('./features/session/frame.tsx'), bringInside()]);
  return frame;
}, 'Frame');
const frame = createRoute({
  getParentRoute: () => root, id: 'frame',
  beforeLoad: async ({ context }) => {
    const standing = await context.standing.current();
    if (standing.kind !== 'signed-in') throw redirect({ to: homes[standing.kind] });
    return { signedIn: standing.signedIn };
  },
  component: function FrameRoute() {
    const { signedIn, live } = frame.useRouteContext();
    return <ViewerContext value={signedIn}><LiveContext value={live}><Frame /></LiveContext></ViewerContext>;
  },
});

const overview = createRoute({
  getParentRoute: () => frame, path: '/overview',
  component: lazyRouteComponent(() => import('./features/overview/overview.page.tsx'), 'OverviewPage'),
});
const tokens = createRoute({
  getParentRoute: () => frame, path: '/tokens', validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./features/token/tokens.page.tsx'), 'TokensPage'),
});
const channels = createRoute({
  getParentRoute: () => frame, path: '/node/channels', validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./features/channel/channels.page.tsx'), 'ChannelsPage'),
});

const logs = createRoute({
  getParentRoute: () => frame, path: '/logs', validateSearch: logSearch,
  component: lazyRouteComponent(() => import('./features/log/logs.page.tsx'), 'OwnLogsPage'),
});
const allLogs = createRoute({
  getParentRoute: () => frame, path: '/admin/logs', validateSearch: logSearch,
  component: lazyRouteComponent(() => import('./features/log/logs.page.tsx'), 'AllLogsPage'),
});

const security = createRoute({
  getParentRoute: () => frame, path: '/settings/security',
  component: lazyRouteComponent(() => import('./features/security/security.page.tsx'), 'SecurityPage'),
});

const account = createRoute({
  getParentRoute: () => frame, path: '/settings/account',
  component: lazyRouteComponent(() => import('./features/account/account.page.tsx'), 'AccountPage'),
});

/** With the words of the pages for administrators. */
const adminPage = <Page extends object>(page: () => Promise<Page>) => async (): Promise<Page> => (await Promise.all([page(), bringAdmin()]))[0];

const models = createRoute({
  getParentRoute: () => frame, path: '/admin/models', validateSearch: listSearch,
  component: lazyRouteComponent(adminPage(() => import('./features/model/models.page.tsx')), 'ModelsPage'),
});
const prices = createRoute({
  getParentRoute: () => frame, path: '/admin/prices', validateSearch: listSearch,
  component: lazyRouteComponent(adminPage(() => import('./features/price/prices.page.tsx')), 'PricesPage'),
});
const redemptions = createRoute({
  getParentRoute: () => frame, path: '/admin/redemption', validateSearch: listSearch,
  component: lazyRouteComponent(adminPage(() => import('./features/redemption/redemptions.page.tsx')), 'RedemptionsPage'),
});
const settings = createRoute({
  getParentRoute: () => frame, path: '/admin/settings', validateSearch: settingsSearch,
  component: lazyRouteComponent(adminPage(() => import('./features/option/options.page.tsx')), 'OptionsPage'),
});

/** The query is kept: a link with a filter still filters. */
const legacy = Object.entries(legacyRoutes).map(([path, to]) => createRoute({
  getParentRoute: () => root, path, beforeLoad: ({ search }) => { throw redirect({ to, search, replace: true }); },
}));

const routeTree = root.addChildren([...legacy, home, setup, signIn, register, forgot, reset, oauthReturn, frame.addChildren([account, overview, tokens, logs, channels, allLogs, models, prices, redemptions, settings, security])]);

export function createConsoleRouter(standing: StandingDesk, live: LiveConnection, history?: RouterHistory) {
  return createRouter({ routeTree, ...(history && { history }), context: { standing, live }, defaultPreload: 'intent', scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register { router: ReturnType<typeof createConsoleRouter> }
}
