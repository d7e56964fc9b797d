/** Addresses of the console that people come from: in bookmarks, mails and client tools. Only those whose page exists here. */
export const legacyRoutes = {
  '/console': '/overview',
  '/dashboard': '/overview',
  '/dashboard/overview': '/overview',
  '/console/token': '/tokens',
  '/token': '/tokens',
  '/keys': '/tokens',
  '/console/log': '/logs',
  '/log': '/logs',
  '/usage-logs': '/logs',
  '/usage-logs/$section': '/logs',
  '/console/channel': '/node/channels',
  '/channel': '/node/channels',
  '/channels': '/node/channels',
  '/console/deployment': '/node/channels',
  '/login': '/sign-in',
} as const;
