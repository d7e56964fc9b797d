/** Invitations, as new-api clients know them. */
import type { RestView } from '../view.ts';

export const legacyInviteCode: RestView = { name: 'LegacyInviteCode', on: 'InviteInfo', selection: 'code', encode: ({ code }) => code };
