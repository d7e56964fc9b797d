/** Second factors and fresh proofs, as new-api clients know them. */
import { unixSeconds, type RestView } from '../view.ts';

export const legacyTwoFactor: RestView = {
  name: 'LegacyTwoFactor', on: 'TwoFactorState', selection: 'enabled lockedUntil backupCodesLeft',
  encode: ({ enabled, lockedUntil, backupCodesLeft }) => ({ enabled, locked: lockedUntil !== null, ...(enabled && { backup_codes_remaining: backupCodesLeft }) }),
};

export const legacyTwoFactorStats: RestView = {
  name: 'LegacyTwoFactorStats', on: 'TwoFactorStats', selection: 'users enabled',
  encode: ({ users, enabled }) => ({ total_users: users, enabled_users: enabled, enabled_rate: `${(users ? (enabled / users) * 100 : 0).toFixed(1)}%` }),
};

export const legacyTwoFactorSetup: RestView = {
  name: 'LegacyTwoFactorSetup', on: 'TwoFactorSetupPayload', selection: 'secret otpauthUrl backupCodes',
  encode: ({ secret, otpauthUrl, backupCodes }) => ({ secret, qr_code_data: otpauthUrl, backup_codes: backupCodes }),
};

export const legacyBackupCodes: RestView = {
  name: 'LegacyBackupCodes', on: 'BackupCodesPayload', selection: 'backupCodes', encode: ({ backupCodes }) => ({ backup_codes: backupCodes }),
};

const proof = (validUntil: string | null) => (validUntil ? { verified: true, expires_at: unixSeconds(validUntil) } : { verified: false });

export const legacyVerified: RestView = { name: 'LegacyVerified', on: 'StepUpPayload', selection: 'validUntil', encode: ({ validUntil }) => proof(validUntil) };
export const legacyVerifyStatus: RestView = { name: 'LegacyVerifyStatus', on: 'StepUpState', selection: 'validUntil', encode: ({ validUntil }) => proof(validUntil) };

/** A channel with several keys has one a line. */
export const legacyRevealedKey: RestView = {
  name: 'LegacyRevealedKey', on: 'CredentialRevealPayload', selection: 'credentials { secret }',
  encode: ({ credentials }) => ({ key: credentials.map(({ secret }: { secret: string }) => secret).join('\n') }),
};

export const legacyPasskeyOptions: RestView = {
  name: 'LegacyPasskeyOptions', on: 'PasskeyChallengePayload', selection: 'options', encode: ({ options }) => ({ options: { publicKey: options } }),
};

/** One for a user, as compatible clients know them: the one that was used last. */
export const legacyPasskey: RestView = {
  name: 'LegacyPasskey', on: 'Passkey', selection: 'lastUsedAt', encode: ({ lastUsedAt }) => lastUsedAt,
  encodeList: (passkeys) => {
    const last = passkeys.map(({ lastUsedAt }) => lastUsedAt as string | null).reduce((one, other) => ((other ?? '') > (one ?? '') ? other : one), null);
    return passkeys.length ? { enabled: true, last_used_at: last } : { enabled: false };
  },
};
