/** The views that `@rest(view: …)` may name. */
import type { RestView } from '../view.ts';
import { legacyAccessToken, legacyLogin, legacySelf, legacySetup } from './identity.ts';
import { legacyStatus } from './status.ts';
import { legacyCreatedToken, legacyDeletedCount, legacyToken, legacyTokenUsage } from './token.ts';

export const views: readonly RestView[] = [
  legacyAccessToken, legacyCreatedToken, legacyDeletedCount, legacyLogin, legacySelf, legacySetup, legacyStatus, legacyToken, legacyTokenUsage,
];
