/** The views that `@rest(view: …)` may name. */
import type { RestView } from '../view.ts';
import { legacyAccessToken, legacyLogin, legacySelf, legacySetup } from './identity.ts';

export const views: readonly RestView[] = [legacyAccessToken, legacyLogin, legacySelf, legacySetup];
