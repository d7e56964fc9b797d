/**
 * Proof that a browser has passed the human check lately, so that one check serves a whole form (management-api: once a
 * session). It stands in a cookie that we sign; it is bound to the address and ends after half an hour.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { limitKey } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { cookieAttributes, readCookie } from '../../kernel/http/cookies.ts';

const cookieName = 'weir_human', lifeSeconds = 1_800;

export class HumanPass {
  constructor(private readonly key: Buffer) {}

  give(ctx: RequestContext): void {
    const until = ctx.clock.now().getTime() + lifeSeconds * 1_000;
    ctx.cookies.push(`${cookieName}=${until}.${this.sign(until, ctx.address)}; Max-Age=${lifeSeconds}; ${cookieAttributes(ctx.headers)}`);
  }

  has(ctx: RequestContext): boolean {
    const [until = '', signature = ''] = (readCookie(ctx.headers, cookieName) ?? '').split('.');
    if (!/^\d{13}$/.test(until) || Number(until) <= ctx.clock.now().getTime()) return false;
    const given = Buffer.from(signature), right = Buffer.from(this.sign(Number(until), ctx.address));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  private sign(until: number, address: string): string {
    return createHmac('sha256', this.key).update(`${until} ${limitKey(address)}`).digest('base64url');
  }
}
