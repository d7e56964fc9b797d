/** English, as far as the doors need it: set-up, sign-in, faults. Keys name the meaning; zh.ts has the same ones, which its type demands. */
const en = {
  shell: {
    skip: 'Skip to content', menu: 'Menu', navigation: 'Pages', search: 'Search', searchPlaceholder: 'Go to a page…', nothingFound: 'Nothing found',
    language: 'Language', theme: 'Colours', theme_light: 'Light', theme_dark: 'Dark', theme_auto: 'As the system', account: 'Account', explorer: 'GraphQL explorer', signOut: 'Sign out',
  },
  action: { retry: 'Try again', copy: 'Copy', copied: 'Copied', copyFailed: 'Select it and copy by hand', done: 'Done', cancel: 'Cancel', save: 'Save', create: 'Create', delete: 'Delete', edit: 'Edit', close: 'Close' },
  state: { loading: 'Loading', notFound: 'There is no page at this address', home: 'Go to the overview', noMatch: 'Nothing matches', clear: 'Clear the filter' },
  form: { required: 'This is needed', conflictAbout: 'Somebody changed it while you were here. Your changes are still in the form.', reload: 'Discard them and show what is stored' },
  signIn: { title: 'Sign in', username: 'User name or e-mail', password: 'Password', submit: 'Sign in',
    or: 'or', passkey: 'Use a passkey', passkeyFailed: 'No passkey was shown, or it did not fit', with: 'Sign in with {{name}}', wechatCode: 'Code of the WeChat account', wechatPicture: 'Show the QR code of the account',
    secondAbout: 'Your account asks for a second step: six digits of your authenticator app, or a backup code.', code: 'Code', other: 'Sign in as somebody else',
    providerRefused: '{{name}} did not let you in', back: 'Back', returning: 'Coming back from {{name}}',
  },
  setup: {
    title: 'Set up Weir', about: 'Make the first user. It may do everything; others can be added later.', username: 'User name', usernameRule: '1 to 12 characters',
    password: 'Password', passwordRule: 'At least 8 characters', confirm: 'Password again', different: 'The two passwords differ', submit: 'Create and sign in',
    mode: 'What is this instance for?', modePublic: 'Serving others', modePublicAbout: 'Every model needs a price before it can be used.',
    modeSelf: 'My own use', modeSelfAbout: 'Models without a price may be used; they are counted at a default ratio.',
  },
  register: { title: 'Register', about: 'Make an account of your own.', usernameRule: '1 to 20 characters, no spaces', email: 'E-mail', emailAbout: 'Optional. It lets you set a new password when you forget yours.',
    code: 'Code', sendCode: 'Mail me a code', codeSent: 'Look into your mail: the code works for 10 minutes.', submit: 'Register and sign in', closed: 'Registration is closed here.' },
  human: { missing: 'The check that you are human could not be loaded. Look whether something blocks it, and reload the page.' },
  forgot: { title: 'Forgot your password?', about: 'Enter the e-mail address of your account. You get a link that sets a new password.', submit: 'Mail me a link', sent: 'If an account has this address, a mail is on its way.' },
  reset: { title: 'A new password', about: 'For the account of {{email}}. It ends every session of the account.', submit: 'Set it', done: 'The new password is set. Sign in with it.' },
  fault: {
    requestId: 'Request', NETWORK: 'The server cannot be reached', INTERNAL: 'Something went wrong on the server', UNAUTHENTICATED: 'Please sign in again',
    FORBIDDEN: 'You may not see this', THROTTLED: 'Too many requests; wait a moment', BAD_USER_INPUT: 'The request was not valid',
  },
};

export type Catalogue = typeof en;
export default en;
