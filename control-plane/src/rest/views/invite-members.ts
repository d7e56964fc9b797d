/** Invitations among the members of a user, as new-api clients know them. */
import { quotaNumber, type Node } from '../view.ts';

export const inviteSelection = 'invite { code count pending lifetime inviterId }';

export const inviteMembers = ({ code, count, pending, lifetime, inviterId }: Node): Record<string, unknown> =>
  ({ aff_code: code ?? '', aff_count: count, aff_quota: quotaNumber(pending), aff_history_quota: quotaNumber(lifetime), inviter_id: inviterId ?? 0 });
