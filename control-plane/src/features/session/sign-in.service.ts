/** Signing in and out, and the access token. */
import { randomInt } from 'node:crypto';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/running/events.ts';
import { roles } from '../../kernel/permission.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import type { HumanCheck } from '../human/human-check.ts';
import { flagOption } from '../option/option-values.ts';
import { isPassword } from '../user/password.ts';
import { User } from '../user/user.entity.ts';
import { hashOfAccessToken } from './callers.ts';
import { endedCookie, readSessionCookie } from './session-cookie.ts';
import type { SecondStep } from './second-step.ts';
import { hashOfKey } from './session-store.ts';
import type { LoginInput } from './session.inputs.ts';
import { AccessTokenPayload, SessionPayload } from './session.payloads.ts';
import { Session } from './session.entity.ts';
import type { SignInLimits } from './sign-in-limits.ts';

const accessTokenAlphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

export class SignInService {
  constructor(private readonly limits: SignInLimits, private readonly secondStep: SecondStep, private readonly events: Events, private readonly humans: HumanCheck) {}

  /** Throws THROTTLED when there were too many failures. With a second factor it ends half way: `twoFactorRequired`. */
  async signIn(ctx: RequestContext, { username: account, password, captcha }: LoginInput): Promise<SessionPayload> {
    const notHuman = await this.humans.refuse(ctx, captcha, ['input', 'captcha']);
    if (notHuman) return new SessionPayload(null, [notHuman]);
    const user = await findAccount(ctx, account);
    const attempt = { account, userId: user?.id, address: ctx.address };
    const limited = await this.limits.begin(ctx.em, attempt);
    if (limited) throw throttled(ctx, limited);
    if (!(await isPassword(password, user?.passwordHash)) || !user) return new SessionPayload(null, [refusal(ctx, UserErrorCode.INVALID, 'wrong_password', ['input', 'password'])]);
    await this.limits.succeeded(ctx.em, attempt);
    // Told to who knows the password only, as root may come in whatever the switch says.
    if (user.role < roles.root && !(await flagOption(sqlOf(ctx.em), 'PasswordLoginEnabled'))) return new SessionPayload(null, [refusal(ctx, UserErrorCode.DISABLED, 'password_login_off')]);
    return this.secondStep.orEnter(ctx, user);
  }

  /** Succeeds also for somebody who is not signed in. */
  async signOut(ctx: RequestContext): Promise<void> {
    const key = readSessionCookie(ctx.headers);
    if (key === undefined) return;
    await ctx.em.nativeDelete(Session, { keyHash: hashOfKey(key) });
    ctx.cookies.push(endedCookie(ctx.headers));
    this.events.publish(callersChanged, ctx.principal?.userId ?? null);
  }

  /** Replaces the access token; the plain text is in this answer only. */
  async rotateAccessToken(ctx: RequestContext): Promise<AccessTokenPayload> {
    let token = '';
    for (let count = 0; count < 32; count++) token += accessTokenAlphabet[randomInt(accessTokenAlphabet.length)];
    const { userId } = callerOf(ctx);
    await ctx.em.nativeUpdate(User, { id: userId }, { accessTokenHash: hashOfAccessToken(token) });
    this.events.publish(callersChanged, userId);
    return new AccessTokenPayload(token);
  }
}

/** By user name, else by e-mail address in any case. */
async function findAccount(ctx: RequestContext, account: string): Promise<User | undefined> {
  const wanted = account.trim().slice(0, 100);
  const byName = await ctx.em.findOne(User, { username: wanted, deletedAt: null });
  if (byName || !wanted.includes('@')) return byName ?? undefined;
  return (await ctx.em.findOne(User, { email: wanted.toLowerCase(), deletedAt: null })) ?? undefined;
}
