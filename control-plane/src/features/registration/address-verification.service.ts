/** Codes that prove an address: mailed on request, used at registration and when an account takes a new address. */
import { sqlOf } from '../../database/sql.ts';
import { limitKey } from '../../kernel/http/client-address.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { refusal, Refusals } from '../../kernel/words/refusal.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { OkPayload, UserErrorCode } from '../../kernel/words/user-error.ts';
import type { HumanCheck } from '../human/human-check.ts';
import { verificationMail } from '../mail/mail-texts.ts';
import type { MailOutbox } from '../mail/outbox.ts';
import { textOption } from '../option/option-values.ts';
import { checkNewEmail, normalEmail } from '../user/email-rules.ts';
import type { UserWriter } from '../user/user-writer.ts';
import { User } from '../user/user.entity.ts';
import { ProofPurpose } from './email-proof.entity.ts';
import type { EmailProofs } from './email-proofs.ts';

export interface VerificationParts { proofs: EmailProofs; outbox: MailOutbox; humans: HumanCheck; limits: RateLimits; writer: UserWriter }

export class AddressVerificationService {
  constructor(private readonly parts: VerificationParts) {}

  /** Mails a code. Throws THROTTLED: 2 in 30 s for one caller's address, 3 in an hour for one recipient. */
  async send(ctx: RequestContext, given: string, captcha: string | null): Promise<OkPayload> {
    const { limits, humans, proofs, outbox } = this.parts, email = normalEmail(given), faults = new Refusals(ctx);
    const limited = await limits.take('mail-address', limitKey(ctx.address));
    if (limited) throw throttled(ctx, limited);
    const notHuman = await humans.refuse(ctx, captcha, ['captcha']);
    if (notHuman) return new OkPayload([notHuman]);
    await checkNewEmail(ctx, faults, email, ['email']);
    if (faults.any) return new OkPayload(faults.list);
    const tooMany = await limits.take('mail-recipient', email);
    if (tooMany) throw throttled(ctx, tooMany);
    const site = await textOption(sqlOf(ctx.em), 'SystemName');
    const id = await ctx.em.transactional(async (em) => {
      const { secret, expiresAt } = await proofs.issue({ ...ctx, em }, ProofPurpose.ADDRESS, email);
      return outbox.put(em, `address:${email}`, verificationMail(ctx.language, site, email, secret), expiresAt);
    });
    const fault = await outbox.send(id);
    // They are told, and ask again: a code that comes later would only confuse.
    if (fault) await outbox.drop(id);
    return new OkPayload(fault ? [refusal(ctx, UserErrorCode.UPSTREAM_FAILED, fault, ['email'])] : []);
  }

  /** Gives the caller's account the address that the code proves. */
  async bind(ctx: RequestContext, given: string, code: string): Promise<OkPayload> {
    const email = normalEmail(given), faults = new Refusals(ctx);
    await checkNewEmail(ctx, faults, email, ['email']);
    if (faults.any) return new OkPayload(faults.list);
    const proof = await this.parts.proofs.check(ctx, ProofPurpose.ADDRESS, email, code);
    if (!proof || !(await this.parts.proofs.use(ctx.em, proof))) return new OkPayload([refusal(ctx, UserErrorCode.INVALID, 'code_expired', ['code'])]);
    const user = await ctx.em.findOneOrFail(User, callerOf(ctx).userId);
    user.email = email;
    user.emailVerifiedAt = ctx.clock.now();
    const { userErrors } = await this.parts.writer.save(ctx, user);
    return new OkPayload(userErrors);
  }
}
