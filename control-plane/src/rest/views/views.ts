/** The views that `@rest(view: …)` may name. */
import type { RestView } from '../view.ts';
import { legacyChannel, legacyChannelPage, legacyChannelTest, legacyCreatedChannels, legacyKnownModel, legacyTypeModels } from './channel.ts';
import { legacyBulkMatched, legacyBulkSent, legacyChannelId, legacyFix, legacyModelText } from './channel-bulk.ts';
import { legacyAbout, legacyContentText, legacyHome } from './content.ts';
import { legacyBackupCodes, legacyRevealedKey, legacyTwoFactor, legacyTwoFactorSetup, legacyTwoFactorStats, legacyVerified, legacyVerifyStatus } from './factors.ts';
import { legacyAccessToken, legacyLogin, legacySelf, legacySetup } from './identity.ts';
import { legacyDeletedLogs, legacyLog, legacyLogStat, legacyOwnLog, legacyTokenLogs } from './log.ts';
import { legacyChangedKeys, legacyKeyStatus } from './multi-key.ts';
import { legacyGroupMap, legacyGroupName, legacyOption } from './option.ts';
import { legacyPricing, legacyRatioConfig } from './pricing.ts';
import { legacyRedeemed, legacyRedemption, legacyRedemptionCodes, legacyRemovedCodes } from './redemption.ts';
import { legacyStatus } from './status.ts';
import { legacyCreatedToken, legacyDeletedCount, legacyToken, legacyTokenUsage } from './token.ts';
import { legacyCreatedUser, legacyManagedUser, legacyUser } from './user.ts';

export const views: readonly RestView[] = [
  legacyAbout, legacyChangedKeys, legacyContentText, legacyDeletedLogs, legacyHome, legacyKeyStatus, legacyPricing, legacyRatioConfig, legacyTypeModels,
  legacyBulkMatched, legacyBulkSent, legacyChannelId, legacyFix, legacyModelText,
  legacyChannel, legacyChannelPage, legacyChannelTest, legacyCreatedChannels, legacyGroupMap, legacyGroupName, legacyKnownModel, legacyLog, legacyLogStat, legacyOption, legacyOwnLog, legacyTokenLogs,
  legacyAccessToken, legacyCreatedToken, legacyDeletedCount, legacyLogin, legacyRedeemed, legacyRedemption, legacyRedemptionCodes, legacyRemovedCodes, legacySelf, legacySetup, legacyStatus, legacyToken, legacyTokenUsage,
  legacyCreatedUser, legacyManagedUser, legacyUser,
  legacyBackupCodes, legacyRevealedKey, legacyTwoFactor, legacyTwoFactorSetup, legacyTwoFactorStats, legacyVerified, legacyVerifyStatus,
];
