/** Second factors: built once, for the sign-in, for step-up and for their own fields. */
import { BackupCodes } from '../features/two-factor/backup-codes.ts';
import { CodeCheck } from '../features/two-factor/code-check.ts';
import { FactorChange } from '../features/two-factor/factor-change.ts';
import { TwoFactorResolver } from '../features/two-factor/two-factor.resolver.ts';
import { TwoFactorService } from '../features/two-factor/two-factor.service.ts';
import type { LogRange } from '../features/log/insert-logs.ts';
import { deriveKey } from '../kernel/secret-box.ts';
import type { Foundation } from './services.ts';

export interface FactorSide { codes: CodeCheck; resolvers: object[] }

export function factorSide({ secretBox, config, pubSub }: Foundation, tellLogs: (logs: LogRange) => void): FactorSide {
  const backups = new BackupCodes(deriveKey(config.masterKey, 'backup-code'));
  const codes = new CodeCheck(secretBox, backups), change = new FactorChange(pubSub, tellLogs);
  return { codes, resolvers: [new TwoFactorResolver(new TwoFactorService(secretBox, backups, codes, change))] };
}
