/** Users, as administrators of new-api clients know them. */
import { legacyInts } from '../../kernel/legacy-enum.ts';
import { bindingMembers, bindingSelection } from './binding-members.ts';
import { inviteMembers, inviteSelection } from './invite-members.ts';
import { quotaNumber, unixSeconds, type RestView } from '../view.ts';

/** Secrets are never told: their members keep their empty values. */
const empty = {
  access_token: null,
  setting: '{}', password: '', original_password: '', verification_code: '',
};

export const legacyUser: RestView = {
  name: 'LegacyUser', on: 'User', selection: `legacyId username displayName role status email quota usedQuota requestCount group remark createdAt deletedAt stripeCustomer ${inviteSelection} ${bindingSelection}`,
  encode: (user) => ({
    id: Number(user.legacyId), username: user.username, display_name: user.displayName, role: user.role, status: legacyInts.UserStatus![user.status], email: user.email,
    quota: quotaNumber(user.quota), used_quota: quotaNumber(user.usedQuota), request_count: user.requestCount, group: user.group, remark: user.remark ?? '',
    created_at: unixSeconds(user.createdAt), DeletedAt: user.deletedAt, stripe_customer: user.stripeCustomer, ...inviteMembers(user.invite), ...bindingMembers(user.bindings), ...empty,
  }),
};

export const legacyCreatedUser: RestView = {
  name: 'LegacyCreatedUser', on: 'User', selection: 'legacyId username', encode: ({ legacyId, username }) => ({ id: Number(legacyId), username }),
};

export const legacyManagedUser: RestView = {
  name: 'LegacyManagedUser', on: 'User', selection: 'role status', encode: ({ role, status }) => ({ role, status: legacyInts.UserStatus![status] }),
};
