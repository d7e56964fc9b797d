/** WeChat: a code that the official account told somebody, exchanged at a relay server of the operator's. */
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { EgressFailure, type Egress } from '../egress/egress.ts';
import { optionOf } from '../option/option-values.ts';
import type { SiteSecrets } from '../option/site-secrets.ts';
import { IdentityKind } from './identity-kind.ts';
import { shortText, type Profile } from './profile.ts';

const timeoutMs = 5_000;

export class WeChat {
  constructor(private readonly egress: Egress, private readonly secrets: SiteSecrets) {}

  async profile(ctx: RequestContext, code: string): Promise<Profile | MessageCode> {
    if ((await optionOf(ctx, 'WeChatAuthEnabled')) !== 'true') return 'provider_off';
    if (code === '' || code.length > 100) return 'code_expired';
    const url = `${await optionOf(ctx, 'WeChatServerAddress')}/api/wechat/user?code=${encodeURIComponent(code)}`;
    const authorization = await this.secrets.read(sqlOf(ctx.em), 'WeChatServerToken');
    const answer = await this.egress.request({ url, headers: { authorization }, chosenBy: 'operator', timeoutMs });
    if (answer instanceof EgressFailure || answer.status !== 200) return 'provider_failed';
    const subject = readSubject(answer.body.toString('utf8'));
    return subject === undefined ? 'provider_failed' : subject === '' ? 'code_expired' : { kind: IdentityKind.WECHAT, issuer: '', subject, label: '' };
  }
}

/** Empty when the server does not know the code; undefined when it does not answer in its own form. */
function readSubject(text: string): string | undefined {
  try {
    const { success, data } = JSON.parse(text) as { success?: unknown; data?: unknown };
    return success === true ? shortText(data) : '';
  } catch {
    return undefined;
  }
}
