import type { User } from '../user/user.entity.ts';
import type { InviteInfo } from './invite.types.ts';

export const inviteInfoOf = ({ id, inviteCode, inviteCount, inviteEarned, inviterId }: User): InviteInfo =>
  ({ userId: id, code: inviteCode ?? null, count: inviteCount, lifetime: inviteEarned, inviterId: inviterId ?? null });
