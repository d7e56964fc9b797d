/** English. Keys name the meaning; zh.ts has the same ones, which its type demands. */
const en = {
  shell: {
    skip: 'Skip to content', menu: 'Menu', navigation: 'Pages', search: 'Search', searchPlaceholder: 'Go to a page…', nothingFound: 'Nothing found',
    language: 'Language', theme: 'Colours', theme_light: 'Light', theme_dark: 'Dark', theme_auto: 'As the system', account: 'Account', signOut: 'Sign out',
  },
  live: { live: 'Live', connecting: 'Connecting', offline: 'Not live' },
  action: { retry: 'Try again', copy: 'Copy', copied: 'Copied', done: 'Done', cancel: 'Cancel', save: 'Save', create: 'Create', delete: 'Delete', edit: 'Edit', enable: 'Enable', disable: 'Disable', refresh: 'Refresh' },
  state: { loading: 'Loading' },
  pager: { range: '{{from}} to {{to}}', of: 'of {{total}}', previous: 'Previous', next: 'Next' },
  secret: { once: 'This is shown once. Copy it now and keep it somewhere safe.', stored: 'I stored it' },
  fault: {
    requestId: 'Request', NETWORK: 'The server cannot be reached', INTERNAL: 'Something went wrong on the server', UNAUTHENTICATED: 'Please sign in again',
    FORBIDDEN: 'You may not see this', THROTTLED: 'Too many requests; wait a moment', BAD_USER_INPUT: 'The request was not valid',
  },
  nav: { home: 'Home', build: 'Build', observe: 'Observe', node: 'Channels', platform: 'Platform', overview: 'Overview', tokens: 'Tokens', logs: 'Logs', channels: 'Channels', allLogs: 'All logs' },
};

export type Catalogue = typeof en;
export default en;
