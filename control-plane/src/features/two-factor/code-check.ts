/** Whether a code is right, for every act that asks for one: six digits of the app, or a backup code. */
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { attemptSucceeded, beginAttempt } from './attempts.ts';
import type { BackupCodes } from './backup-codes.ts';
import { stepOf } from './totp.ts';
import { TwoFactor } from './two-factor.entity.ts';

export interface CodeRules {
  /** Take a backup code, too. */
  backup?: boolean;
  /** The app is set up and not yet switched on. */
  pending?: boolean;
}

export const secretPlace = (userId: number) => ({ table: 'two_factor', row: userId, column: 'secret' });

export class CodeCheck {
  constructor(private readonly box: SecretBox, private readonly backups: BackupCodes) {}

  /** Undefined when the code is right; it is used then. Counts the attempt, whatever comes of it. */
  async refuse(ctx: RequestContext, userId: number, code: string, { backup = false, pending = false }: CodeRules = {}): Promise<MessageCode | undefined> {
    const factor = await ctx.em.findOne(TwoFactor, { userId }, { refresh: true });
    if (!factor || (!pending && !factor.enabledAt)) return 'twofa_off';
    const sql = sqlOf(ctx.em);
    if (!(await beginAttempt(sql, userId, ctx.clock.now()))) return 'twofa_locked';
    const isRight = /^\s*\d{6}\s*$/.test(code) ? await this.useStep(ctx, factor, code.trim()) : backup && (await this.backups.use(sql, userId, code));
    if (!isRight) return 'code_wrong';
    await attemptSucceeded(sql, userId);
    return undefined;
  }

  /** A code is good once: its half minute must be later than the last that was used, also for two callers at a time. */
  private async useStep(ctx: RequestContext, { userId, secret }: TwoFactor, code: string): Promise<boolean> {
    const step = stepOf(this.box.open(secret, secretPlace(userId)), code, ctx.clock.now());
    if (step === undefined) return false;
    return (await sqlOf(ctx.em)('update two_factor set last_step = $2 where user_id = $1 and last_step < $2 returning user_id', [userId, step])).length > 0;
  }
}
