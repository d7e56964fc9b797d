/** Asks Turnstile whether a person sits in front of the form, where the operator wants to know. */
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode, type PlainError } from '../../kernel/words/user-error.ts';
import { EgressFailure, type Egress } from '../egress/egress.ts';
import { readOptions } from '../option/option-values.ts';
import type { SiteSecrets } from '../option/site-secrets.ts';
import type { HumanPass } from './human-pass.ts';

const patienceMs = 5_000, longestAnswer = 2_048;

export class HumanCheck {
  constructor(private readonly egress: Egress, private readonly secrets: SiteSecrets, private readonly pass: HumanPass) {}

  /** Undefined when the caller may go on. A browser that has passed is not asked again for half an hour. */
  async refuse(ctx: RequestContext, answer: string | null | undefined, path: string[]): Promise<PlainError | undefined> {
    const options = await readOptions(sqlOf(ctx.em), ['TurnstileCheckEnabled', 'turnstile.verify_url']);
    if (options.get('TurnstileCheckEnabled') !== 'true' || this.pass.has(ctx)) return undefined;
    if (!answer || answer.length > longestAnswer || !(await this.isHuman(ctx, options.get('turnstile.verify_url')!, answer))) return refusal(ctx, UserErrorCode.NOT_ALLOWED, 'turnstile_failed', path);
    this.pass.give(ctx);
    return undefined;
  }

  private async isHuman(ctx: RequestContext, url: string, response: string): Promise<boolean> {
    const secret = await this.secrets.read(sqlOf(ctx.em), 'TurnstileSecretKey');
    const body = new URLSearchParams({ secret, response, remoteip: ctx.address }).toString();
    const answered = await this.egress.request({ url, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body, chosenBy: 'operator', timeoutMs: patienceMs });
    if (answered instanceof EgressFailure || answered.status !== 200) return false;
    try {
      return (JSON.parse(answered.body.toString()) as { success?: unknown } | null)?.success === true;
    } catch {
      return false;
    }
  }
}
