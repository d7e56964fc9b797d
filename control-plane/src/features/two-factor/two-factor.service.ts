/** Setting up, switching on and off, and resetting second factors. */
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { OkPayload, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { SecurityAct } from '../notification/security-news.ts';
import { textOption } from '../option/option-values.ts';
import { findManageable } from '../user/find-manageable.ts';
import { User } from '../user/user.entity.ts';
import type { BackupCodes } from './backup-codes.ts';
import { secretPlace, type CodeCheck } from './code-check.ts';
import type { FactorChange } from './factor-change.ts';
import { newSecret, otpauthUrl } from './totp.ts';
import { TwoFactor } from './two-factor.entity.ts';
import { BackupCodesPayload, TwoFactorSetupPayload, type TwoFactorState, type TwoFactorStats } from './two-factor.types.ts';

const codes: Partial<Record<MessageCode, UserErrorCode>> = { twofa_locked: UserErrorCode.LIMIT_REACHED, twofa_off: UserErrorCode.DISABLED, twofa_on: UserErrorCode.CONFLICT };

/** What a code was refused with, as a form shows it. */
export const codeRefusal = (ctx: RequestContext, message: MessageCode, path = ['code']): UserError =>
  refusal(ctx, codes[message] ?? UserErrorCode.INVALID, message, path);

export class TwoFactorService {
  constructor(private readonly box: SecretBox, private readonly backups: BackupCodes, private readonly check: CodeCheck, private readonly change: FactorChange) {}

  async state({ em, clock }: RequestContext, userId: number): Promise<TwoFactorState> {
    const factor = await em.findOne(TwoFactor, { userId, enabledAt: { $ne: null } }, { refresh: true });
    if (!factor) return { enabled: false, lockedUntil: null, backupCodesLeft: 0 };
    const isLocked = factor.lockedUntil != null && factor.lockedUntil > clock.now();
    return { enabled: true, lockedUntil: isLocked ? factor.lockedUntil! : null, backupCodesLeft: await this.backups.count(em, userId) };
  }

  async stats({ em }: RequestContext): Promise<TwoFactorStats> {
    const [row] = await sqlOf(em)<TwoFactorStats>(`select count(*)::int as users, count(f.user_id)::int as enabled,
      count(*) filter (where exists (select from passkey p where p.user_id = u.id))::int as passkeys
      from user_account u left join two_factor f on f.user_id = u.id and f.enabled_at is not null where u.deleted_at is null`);
    return row!;
  }

  /** A secret that does nothing before `enable`; a second set-up replaces the first. */
  async begin(ctx: RequestContext): Promise<TwoFactorSetupPayload> {
    const { userId, username } = callerOf(ctx), secret = newSecret();
    const issuer = await textOption(sqlOf(ctx.em), 'SystemName');
    const backupCodes = await ctx.em.transactional(async (em) => {
      const rows = await sqlOf(em)(`insert into two_factor (user_id, secret, created_at) values ($1, $2, $3)
        on conflict (user_id) do update set secret = excluded.secret, last_step = 0, created_at = excluded.created_at where two_factor.enabled_at is null returning user_id`,
      [userId, this.box.seal(secret, secretPlace(userId)), ctx.clock.now()]);
      return rows.length ? this.backups.replace(em, userId) : undefined;
    });
    if (!backupCodes) return new TwoFactorSetupPayload([codeRefusal(ctx, 'twofa_on', [])]);
    return Object.assign(new TwoFactorSetupPayload(), { secret, otpauthUrl: otpauthUrl(secret, issuer, username), backupCodes });
  }

  async enable(ctx: RequestContext, code: string): Promise<OkPayload> {
    const { userId } = callerOf(ctx);
    if ((await this.state(ctx, userId)).enabled) return new OkPayload([codeRefusal(ctx, 'twofa_on')]);
    const refused = await this.check.refuse(ctx, userId, code, { pending: true });
    if (refused) return new OkPayload([codeRefusal(ctx, refused === 'twofa_off' ? 'twofa_not_set_up' : refused)]);
    await this.change.commit(ctx, userId, SecurityAct.APP_ON, (em) => em.nativeUpdate(TwoFactor, { userId }, { enabledAt: ctx.clock.now() }));
    return new OkPayload();
  }

  async disable(ctx: RequestContext, code: string): Promise<OkPayload> {
    const { userId } = callerOf(ctx);
    const refused = await this.check.refuse(ctx, userId, code, { backup: true });
    if (refused) return new OkPayload([codeRefusal(ctx, refused)]);
    await this.change.remove(ctx, userId);
    return new OkPayload();
  }

  async regenerate(ctx: RequestContext, code: string): Promise<BackupCodesPayload> {
    const { userId } = callerOf(ctx);
    const refused = await this.check.refuse(ctx, userId, code);
    if (refused) return new BackupCodesPayload(null, [codeRefusal(ctx, refused)]);
    return new BackupCodesPayload(await ctx.em.transactional((em) => this.backups.replace(em, userId)));
  }

  /** For somebody who has lost theirs, by an operator of a higher role (AUT-03). */
  async reset(ctx: RequestContext, id: string): Promise<OkPayload> {
    const user = await findManageable(ctx, id);
    if (!(user instanceof User)) return new OkPayload([user]);
    if (!(await this.state(ctx, user.id)).enabled) return new OkPayload([codeRefusal(ctx, 'twofa_off', ['id'])]);
    await this.change.remove(ctx, user.id);
    return new OkPayload();
  }
}
