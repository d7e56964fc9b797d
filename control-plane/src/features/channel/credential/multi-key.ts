/** When the credentials of a channel are managed one by one. */
import type { RequestContext } from '../../../kernel/context.ts';
import { refusal } from '../../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../../kernel/words/user-error.ts';
import { ChannelStatus, type Channel } from '../channel.entity.ts';
import type { ChannelCredential } from './channel-credential.entity.ts';

/** One credential that works: the channel itself is what is switched off. One that is off can still be switched on. */
export const isPlain = (channel: Channel, all: readonly ChannelCredential[]): boolean => !channel.multiKey && all.length <= 1 && all.every(({ status }) => status === ChannelStatus.ENABLED);

export const notMultiKey = (ctx: RequestContext): UserError => refusal(ctx, UserErrorCode.UNSUPPORTED, 'multikey_only', ['channelId']);
