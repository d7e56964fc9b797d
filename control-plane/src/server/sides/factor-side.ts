/** Factors: built once, for the sign-in, for step-up and for their own fields. */
import { PasskeyUseService } from '../../features/passkey/passkey-use.service.ts';
import { PasskeyResolver } from '../../features/passkey/passkey.resolver.ts';
import { PasskeyService } from '../../features/passkey/passkey.service.ts';
import { RelyingParties } from '../../features/passkey/relying-party.ts';
import { StepUpResolver } from '../../features/step-up/step-up.resolver.ts';
import { StepUpService } from '../../features/step-up/step-up.service.ts';
import { BackupCodes } from '../../features/two-factor/backup-codes.ts';
import { CodeCheck } from '../../features/two-factor/code-check.ts';
import { FactorChange } from '../../features/two-factor/factor-change.ts';
import { TwoFactorResolver, UserFactorsResolver } from '../../features/two-factor/two-factor.resolver.ts';
import { TwoFactorService } from '../../features/two-factor/two-factor.service.ts';
import type { LogRange } from '../../features/log/insert-logs.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { deriveKey } from '../../kernel/secret-box.ts';
import type { Foundation } from '../services.ts';

export interface FactorSide { codes: CodeCheck; change: FactorChange; parties: RelyingParties; resolvers: object[] }

export function factorSide({ secretBox, config, pubSub }: Foundation, limits: RateLimits, tellLogs: (logs: LogRange) => void): FactorSide {
  const backups = new BackupCodes(deriveKey(config.masterKey, 'backup-code'));
  const codes = new CodeCheck(secretBox, backups), change = new FactorChange(pubSub, tellLogs);
  const parties = new RelyingParties(config.publicUrl);
  return {
    codes, change, parties,
    resolvers: [
      new PasskeyResolver(new PasskeyService(parties, change), new PasskeyUseService(parties, limits)),
      new StepUpResolver(new StepUpService(codes, limits)),
      new UserFactorsResolver(),
      new TwoFactorResolver(new TwoFactorService(secretBox, backups, codes, change)),
    ],
  };
}
