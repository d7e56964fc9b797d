/** Set-up, sign-in and the own account, as new-api clients know them. */
import { bindingMembers, bindingSelection } from './binding-members.ts';
import { say } from '../../kernel/words/messages.ts';
import { inviteMembers, inviteSelection } from './invite-members.ts';
import { settingSelection, settingText } from './setting-text.ts';
import { quotaNumber, type RestView } from '../view.ts';

const legacyStatus = { ENABLED: 1, DISABLED: 2 } as const;
const statusNumber = (status: string): number => legacyStatus[status as keyof typeof legacyStatus] ?? 0;

export const legacySetup: RestView = {
  name: 'LegacySetup', on: 'SetupState', selection: 'done rootExists databaseType',
  encode: ({ done, rootExists, databaseType }) => ({ status: done, root_init: !done && rootExists, database_type: done ? '' : databaseType }),
};

export const legacyLogin: RestView = {
  name: 'LegacyLogin', on: 'Viewer', selection: 'user { legacyId username displayName role status group }',
  encode: ({ user }) => ({ id: Number(user.legacyId), username: user.username, display_name: user.displayName, role: user.role, status: statusNumber(user.status), group: user.group }),
  beside: 'twoFactorRequired',
  encodeBeside: ({ twoFactorRequired }, { language }) => (twoFactorRequired ? { message: say('need_2fa', language), data: { require_2fa: true } } : {}),
};

/** Empty text when the caller chose the password. */
export const legacyPasswordReset: RestView = { name: 'LegacyPasswordReset', on: 'PasswordResetPayload', selection: 'newPassword', encode: ({ newPassword }) => newPassword ?? '' };

/** Somebody who was signed in has bound an account: nothing to say but that. */
export const legacyOAuth: RestView = {
  ...legacyLogin, name: 'LegacyOAuth', beside: 'twoFactorRequired bound',
  encodeBeside: (payload, context) => (payload.bound ? { message: 'bind' } : legacyLogin.encodeBeside!(payload, context)),
};

export const legacyOAuthState: RestView = { name: 'LegacyOAuthState', on: 'OAuthStatePayload', selection: 'state', encode: ({ state }) => state };

/** Where compatible consoles show what is bound. */
export const legacyTelegramBound: RestView = { name: 'LegacyTelegramBound', on: 'BindingPayload', selection: '__typename', encode: () => '/console/personal' };

export const legacyAccessToken: RestView = { name: 'LegacyAccessToken', on: 'AccessTokenPayload', selection: 'accessToken', encode: ({ accessToken }) => accessToken };

const sidebarOf = (role: number): object => {
  if (role >= 100) return { sidebar_settings: false, sidebar_modules: {} };
  return { sidebar_settings: true, sidebar_modules: { admin: role >= 10 ? { setting: false } : false } };
};

/** Notification settings do not exist in this version: their members keep their empty values. */
export const legacySelf: RestView = {
  name: 'LegacySelf', on: 'User', selection: `legacyId username displayName role status email group quota usedQuota requestCount sidebarModules stripeCustomer ${settingSelection} ${inviteSelection} ${bindingSelection}`,
  encode: (user) => ({
    id: Number(user.legacyId), username: user.username, display_name: user.displayName, role: user.role, status: statusNumber(user.status), email: user.email,
    ...bindingMembers(user.bindings),
    group: user.group, quota: quotaNumber(user.quota), used_quota: quotaNumber(user.usedQuota), request_count: user.requestCount,
    ...inviteMembers(user.invite),
    setting: settingText(user), stripe_customer: user.stripeCustomer, sidebar_modules: user.sidebarModules, permissions: sidebarOf(user.role),
  }),
};
