/** New accounts that people make themselves. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { limitKey } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { refusal, type Refusals } from '../../kernel/words/refusal.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { OkPayload, UserErrorCode } from '../../kernel/words/user-error.ts';
import type { HumanCheck } from '../human/human-check.ts';
import type { NewUserGifts } from '../invite/new-user-gifts.ts';
import { readOptions } from '../option/option-values.ts';
import { isGuessablePassword } from '../user/guessable-password.ts';
import { checkNewEmail, normalEmail } from '../user/email-rules.ts';
import { hashPassword } from '../user/password.ts';
import { checkUser } from '../user/user-check.ts';
import type { UserWriter } from '../user/user-writer.ts';
import { User } from '../user/user.entity.ts';
import { ProofPurpose } from './email-proof.entity.ts';
import type { EmailProofs, Proof } from './email-proofs.ts';
import type { RegisterInput } from './registration.inputs.ts';

export interface RegistrationParts { proofs: EmailProofs; humans: HumanCheck; limits: RateLimits; writer: UserWriter; gifts: NewUserGifts }

export class RegistrationService {
  constructor(private readonly parts: RegistrationParts) {}

  /** Throws THROTTLED after 20 tries in 20 minutes from one address. */
  async register(ctx: RequestContext, input: RegisterInput): Promise<OkPayload> {
    const options = await readOptions(sqlOf(ctx.em), ['RegisterEnabled', 'PasswordRegisterEnabled', 'EmailVerificationEnabled']);
    if (options.get('RegisterEnabled') !== 'true' || options.get('PasswordRegisterEnabled') !== 'true') return new OkPayload([refusal(ctx, UserErrorCode.NOT_ALLOWED, 'register_off')]);
    const { limits, humans } = this.parts, limited = await limits.take('register', limitKey(ctx.address));
    if (limited) throw throttled(ctx, limited);
    const notHuman = await humans.refuse(ctx, input.captcha, ['input', 'captcha']);
    if (notHuman) return new OkPayload([notHuman]);
    const mustVerify = options.get('EmailVerificationEnabled') === 'true', email = normalEmail(input.email ?? '');
    const faults = await check(ctx, input, email, mustVerify);
    if (faults.any) return new OkPayload(faults.list);
    const proof = mustVerify ? await this.parts.proofs.check(ctx, ProofPurpose.ADDRESS, email, input.verificationCode ?? '') : undefined;
    if (mustVerify && !proof) return new OkPayload([refusal(ctx, UserErrorCode.INVALID, 'code_expired', ['input', 'verificationCode'])]);
    return this.add(ctx, input, email, proof);
  }

  private async add(ctx: RequestContext, { username, password, inviteCode }: RegisterInput, email: string, proof: Proof | undefined): Promise<OkPayload> {
    const { writer, gifts, proofs } = this.parts, now = ctx.clock.now(), user = new User();
    Object.assign(user, { username, displayName: username, email, passwordHash: await hashPassword(password), createdAt: now, emailVerifiedAt: proof ? now : null });
    user.inviterId = await gifts.inviterOf(ctx.em, inviteCode);
    const also = async (em: EntityManager) => {
      if (proof) await proofs.use(em, proof);
      await gifts.give(em, user, now);
    };
    const { userErrors } = await writer.save(ctx, user, { also });
    return new OkPayload(userErrors);
  }
}

async function check(ctx: RequestContext, { username, password }: RegisterInput, email: string, mustVerify: boolean): Promise<Refusals> {
  const faults = await checkUser(ctx, { username, password });
  if (!faults.any) faults.unless(!isGuessablePassword(password), 'password_common', ['input', 'password']);
  if (mustVerify) faults.unless(email !== '', 'email_required', ['input', 'email'], UserErrorCode.REQUIRED);
  if (email !== '') await checkNewEmail(ctx, faults, email, ['input', 'email']);
  return faults;
}
