/** A new password for who can read the account's mail (MFA-06). */
import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { sqlOf } from '../../database/sql.ts';
import { limitKey } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { refusal, Refusals } from '../../kernel/words/refusal.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { OkPayload, UserErrorCode } from '../../kernel/words/user-error.ts';
import type { HumanCheck } from '../human/human-check.ts';
import { resetMail } from '../mail/mail-texts.ts';
import type { MailOutbox } from '../mail/outbox.ts';
import { readOptions } from '../option/option-values.ts';
import { isGuessablePassword } from '../user/guessable-password.ts';
import { normalEmail } from '../user/email-rules.ts';
import { fitsPassword, hashPassword } from '../user/password.ts';
import { isEmail } from '../user/user-fields.ts';
import type { UserWriter } from '../user/user-writer.ts';
import { User } from '../user/user.entity.ts';
import { ProofPurpose } from './email-proof.entity.ts';
import type { EmailProofs } from './email-proofs.ts';
import type { PasswordResetInput } from './registration.inputs.ts';
import { PasswordResetPayload } from './registration.payloads.ts';

export interface ResetParts { proofs: EmailProofs; outbox: MailOutbox; humans: HumanCheck; limits: RateLimits; writer: UserWriter; publicUrl: string; log: Logger }

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789', madeLength = 12;

export class PasswordResetService {
  constructor(private readonly parts: ResetParts) {}

  /** Says the same, and takes as long, whether an account has the address or not (LIM-02): the mail goes out afterwards. */
  async send(ctx: RequestContext, given: string, captcha: string | null): Promise<OkPayload> {
    const { limits, humans, outbox, log } = this.parts, email = normalEmail(given), faults = new Refusals(ctx);
    const limited = await limits.take('mail-address', limitKey(ctx.address));
    if (limited) throw throttled(ctx, limited);
    const notHuman = await humans.refuse(ctx, captcha, ['captcha']);
    if (notHuman) return new OkPayload([notHuman]);
    faults.unless(email !== '' && isEmail(email), 'email_malformed', ['email']);
    if (faults.any) return new OkPayload(faults.list);
    const tooMany = await limits.take('mail-recipient', email);
    if (tooMany) throw throttled(ctx, tooMany);
    const user = await ctx.em.findOne(User, { email, deletedAt: null });
    const id = await ctx.em.transactional(async (em) => {
      const { secret, expiresAt } = await this.parts.proofs.issue({ ...ctx, em }, ProofPurpose.RESET, email), mail = await this.mail({ ...ctx, em }, email, secret);
      return outbox.put(em, `reset:${email}`, user ? mail : undefined, expiresAt);
    });
    outbox.send(id).then((fault) => { if (fault) log.warn({ userId: user?.id, fault }, 'a password reset was not mailed at the first try'); }, (fault: unknown) => log.error({ err: fault }, 'a password reset waits for another try'));
    return new OkPayload();
  }

  /** Ends all sessions of the account. It does not sign in, so a second factor stays what it was. */
  async reset(ctx: RequestContext, input: PasswordResetInput): Promise<PasswordResetPayload> {
    const { limits, proofs, writer } = this.parts, email = normalEmail(input.email), faults = new Refusals(ctx), path = ['input', 'password'];
    const limited = await limits.take('reset', limitKey(ctx.address));
    if (limited) throw throttled(ctx, limited);
    faults.unless(input.password == null || fitsPassword(input.password), 'password_length', path, UserErrorCode.OUT_OF_RANGE, { min: '8', max: '128' });
    faults.unless(input.password == null || !isGuessablePassword(input.password), 'password_common', path);
    if (faults.any) return new PasswordResetPayload(null, faults.list);
    const user = await ctx.em.findOne(User, { email, deletedAt: null });
    const proof = email && input.token ? await proofs.check(ctx, ProofPurpose.RESET, email, input.token) : undefined;
    if (!user || !proof || !(await proofs.use(ctx.em, proof))) return new PasswordResetPayload(null, [refusal(ctx, UserErrorCode.EXPIRED, 'reset_invalid', ['input', 'token'])]);
    const made = input.password == null ? newPassword() : null;
    user.passwordHash = await hashPassword(input.password ?? made!);
    user.emailVerifiedAt ??= ctx.clock.now();
    const { userErrors } = await writer.save(ctx, user, { endSessions: true });
    return new PasswordResetPayload(userErrors.length > 0 ? null : made, userErrors);
  }

  /** The address comes out of the settings, never out of the request. */
  private async mail(ctx: Pick<RequestContext, 'em' | 'language'>, email: string, token: string) {
    const options = await readOptions(sqlOf(ctx.em), ['SystemName', 'ServerAddress']);
    const link = `${options.get('ServerAddress') || this.parts.publicUrl}/user/reset?${new URLSearchParams({ email, token }).toString()}`;
    return resetMail(ctx.language, options.get('SystemName')!, email, link);
  }
}

const newPassword = (): string => Array.from({ length: madeLength }, () => alphabet[randomInt(alphabet.length)]).join('');
