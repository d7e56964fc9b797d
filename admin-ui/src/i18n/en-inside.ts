/** English behind the sign-in. zh-inside.ts has the same keys, which its type demands. */
const enInside = {
  live: { live: 'Live', connecting: 'Connecting', offline: 'Not live' },
  keys: {
    title: 'Keyboard', on: 'Single letters act', onAbout: 'Never while you write. Ctrl K always works.', search: 'Search in the list', down: 'Next row', up: 'Previous row',
    next: 'Next request in the panel', previous: 'Previous request in the panel', status: 'Enable or disable',
  },
  unsaved: { title: 'Leave without saving?', about: 'What you changed here will be lost.', leave: 'Leave', stay: 'Stay' },
  overview: {
    hello: 'Welcome, {{name}}', balance: 'Balance', used: 'Used', requests: 'Requests', next: 'Next steps',
    stepChannel: 'Add a channel: an account at a provider', stepToken: 'Make a token: the key that your programs present', stepCall: 'Send a request', stepDone: 'done', stepWatch: 'Watch it arrive, with its price',
    callAbout: 'Put your token in place of sk-… and a model of your channel in place of the name.', openAi: 'OpenAI clients use', anthropic: 'Anthropic clients use',
  },
  token: {
    title: 'Tokens', about: 'Keys that your programs present to the relay.', add: 'Create token', search: 'Search name', none: 'No tokens yet',
    noneAbout: 'A token is the API key for OpenAI, Anthropic and other clients. Give each program its own, so that it can be limited and revoked alone.',
    name: 'Name', status: 'Status', key: 'Key', used: 'Used', remaining: 'Left', models: 'Models', accessed: 'Last used', expires: 'Expires', actions: 'Actions', more: 'More for {{name}}',
    status_ENABLED: 'Enabled', status_DISABLED: 'Disabled', status_EXPIRED: 'Expired', status_EXHAUSTED: 'Exhausted', mend_EXPIRED: 'Set a later date to use it again.', mend_EXHAUSTED: 'Raise its limit to use it again.', bothReadings: '{{money}} is {{quota}} quota', noLimit: 'unlimited', allModels: 'all', never: 'never',
    editTitle: 'Edit {{name}}', unlimited: 'No limit of its own', unlimitedAbout: 'Only the balance of its owner limits it.', quota: 'May still spend', quotaAbout: 'For example 5, $5 or 2,500,000 quota.', quotaWrong: 'Write an amount such as 5, $5 or 2,500,000 quota',
    expiresAbout: 'Leave empty for never.', limitModels: 'Only some models', modelsAbout: 'Enter or comma after each. None listed: none allowed.', allowIps: 'Addresses', allowIpsAbout: 'One address or CIDR a line; empty: from anywhere.',
    created: 'Your new key', use: 'For most clients two variables are enough:', deleteTitle: 'Delete {{name}}?', deleteAbout: 'Programs that use it are refused from now on. This cannot be undone.',
  },
  log: {
    own: 'Logs', ownAbout: 'Your requests, as they end.', all: 'All logs', allAbout: 'Everybody\'s requests, as they end.', none: 'No requests yet', noneAbout: 'They appear here by themselves as they end.',
    at: 'Time', status: 'Status', user: 'User', channel: 'Channel', model: 'Model', token: 'Token', tokens: 'In / out', time: 'Took / first', cost: 'Cost', group: 'Group', kind: 'Kind', requestId: 'Request id',
    filterType: 'Any kind', pause: 'Pause', resume: 'Go on', waiting_one: '{{count}} new', waiting_other: '{{count}} new', summary_one: '{{count}} new request, errors: {{errors}}', summary_other: '{{count}} new requests, errors: {{errors}}', gap_one: '{{count}} row was skipped: load it', gap_other: '{{count}} rows were skipped: load them', showOlder: 'Show older',
    type_CONSUME: 'OK', type_ERROR: 'Error', type_TOPUP: 'Top-up', type_MANAGE: 'Management', type_SYSTEM: 'System', type_REFUND: 'Refund',
    detail: 'Request', gone: 'This row is gone, or not yours', endpoint: 'Endpoint', duration: 'Duration', firstToken: 'First token', ending: 'Ended', error: 'Error', attempts: 'Attempts', delivered: 'delivered', onChannel: 'channel {{id}}',
    end_NONE: 'not streamed', end_COMPLETE: 'complete', end_CLIENT_GONE: 'the client left', end_CUT: 'the answer broke off', end_UPSTREAM_ERROR: 'the provider reported an error', end_CRASH: 'recovered after a crash',
    arithmetic: 'How the charge adds up', factors: 'Each line is tokens × ratio × model ratio {{model}} × group ratio {{group}}.', factorsCall: '{{dollars}} dollars × {{unit}} quota × group ratio {{group}}.',
    source_UPSTREAM: 'Tokens as the provider reported them.', source_ESTIMATED: 'The provider reported no tokens: they were counted here.', source_CHECKPOINT: 'Tokens of the last checkpoint before a crash.', source_NONE: 'Nothing was used.',
    line: 'Line', count: 'Tokens', ratio: 'Ratio', subtotal: 'Quota', sum: 'Sum', charged: 'Charged, rounded once',
    line_input: 'Input', line_cache_read: 'Input from the cache', line_cache_write: 'Cache written, 5 minutes', line_cache_write_1h: 'Cache written, 1 hour', line_input_image: 'Image input', line_input_audio: 'Audio input',
    line_output: 'Output', line_output_audio: 'Audio output', line_call: 'Request',
  },
  channel: {
    title: 'Channels', about: 'Accounts at providers that serve your models.', add: 'Add channel', search: 'Search name, address or tag', none: 'No channels yet',
    noneAbout: 'A channel is one account at a provider, with its credential and its models. Requests go to the channels that list the model.',
    name: 'Name', type: 'Provider', status: 'Status', models: 'Models', groups: 'Groups', order: 'Priority / weight', spent: 'Spent', lastTest: 'Last test', actions: 'Actions', more: 'More for {{name}}',
    status_ENABLED: 'Enabled', status_DISABLED: 'Disabled', status_AUTO_DISABLED: 'Disabled by errors',
    reveal: 'Show credential', revealTitle: 'Credential of {{name}}', revealAbout: 'This reading is in the log.', test: 'Test', testPassed: '{{name}} answered in {{time}}', testFailed: '{{name}} did not pass',
    deleteTitle: 'Delete {{name}}?', deleteAbout: 'Requests for its models go to other channels, or fail when there are none. Logs and charges stay.',
    editTitle: 'Edit {{name}}', credential: 'Credential', credentialNew: 'API key of the provider. Several, one a line, are used in turn.', credentialKeep: 'Leave empty to keep the stored one. A new provider or address needs it again.',
    baseUrl: 'Address', baseUrlAbout: 'Leave empty for the address of the provider.', modelsAbout: 'As clients ask for them. Enter or comma after each.', groupsAbout: 'Whose requests it takes.',
    priority: 'Priority', priorityAbout: 'Higher is tried first', weight: 'Weight', weightAbout: 'Share among equals', mapping: 'Model mapping', mappingAbout: 'Asked model to provider model, as a JSON object.', mappingWrong: 'Write one JSON object such as {"asked": "provider\'s"}',
    testModel: 'Model for tests', remark: 'Remark',
  },
  pager: { range: '{{from}} to {{to}}', of: 'of {{total}}', previous: 'Previous', next: 'Next' },
  secret: { once: 'This is shown once. Copy it now and keep it somewhere safe.', stored: 'I stored it' },
  stepUp: {
    title: 'Is it you?', about: 'This needs a fresh proof that it is you. It then counts for five minutes.', none: 'You have nothing to prove it with. Sign out and in again; that counts for five minutes.', submit: 'Go on',
  },
  security: {
    title: 'Security', about: 'How you sign in, and where you are signed in.', on: 'Switch on', off: 'Switch off', isOn: 'On', isOff: 'Off', never: 'never', unbind: 'Unbind', removeNamed: 'Remove {{name}}',
    app: 'Authenticator app', appAbout: 'A second step of every sign-in with a password: six digits that an app on your phone shows.', codesLeft_one: '{{count}} backup code left', codesLeft_other: '{{count}} backup codes left',
    newCodes: 'New backup codes', newCodesAbout: 'They take the place of all earlier ones. Enter the six digits of your app.', offTitle: 'Switch off the second step', offAbout: 'Enter the six digits of your app, or a backup code.',
    setUp: 'Set up an authenticator app', scan: 'Scan the picture with the app. Nothing is asked of you before you have entered a first code below.', qr: 'QR code for the authenticator app', typeIn: 'Or type in:',
    codes: 'Backup codes', codesAbout: 'Each lets you in once when the app is lost. They are not shown again.', firstCode: 'Six digits of the app',
    passkeys: 'Passkeys', passkeysAbout: 'Sign in with the lock of your device, or with a security key. No password and no second step.', addPasskey: 'Add a passkey', passkeyName: 'Name of the new passkey', passkeyTimes: 'Added {{made}}, last used {{used}}',
    bindings: 'Accounts elsewhere', bindingsAbout: 'Accounts that open this one.', bind: 'Bind {{name}}', boundAt: 'Bound {{at}}',
    sessions: 'Where you are signed in', sessionsAbout: 'End what you do not know. A changed password or factor ends all others by itself.', endOthers: 'End all others', end: 'End', thisOne: 'this browser', sessionTimes: '{{ip}}, since {{begun}}, last seen {{seen}}',
    accessToken: 'Access token', accessTokenAbout: 'For programs that manage this instance as you. A new one ends the one before.', newAccessToken: 'Make a new one',
  },
  nav: { home: 'Home', build: 'Build', observe: 'Observe', node: 'Channels', platform: 'Platform', overview: 'Overview', tokens: 'Tokens', logs: 'Logs', channels: 'Channels', allLogs: 'All logs', account: 'Account', security: 'Security' },
};

export type InsideCatalogue = typeof enInside;
export default enInside;
