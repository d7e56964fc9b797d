/** For whom passkeys are made: the domain and the pages that the options name, never what a request says about itself. */
import { sqlOf } from '../../database/sql.ts';
import { isLoopbackHost } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { listOf } from '../option/option-spec.ts';
import { readOptions } from '../option/option-values.ts';

export type Verification = 'required' | 'preferred' | 'discouraged';

export interface RelyingParty {
  enabled: boolean;
  name: string;
  id: string;
  origins: string[];
  allowInsecure: boolean;
  userVerification: Verification;
  attachment: '' | 'platform' | 'cross-platform';
}

const keys = [
  'SystemName', 'ServerAddress', 'passkey.enabled', 'passkey.rp_display_name', 'passkey.rp_id', 'passkey.origins', 'passkey.allow_insecure_origin', 'passkey.user_verification',
  'passkey.attachment_preference',
] as const;

export class RelyingParties {
  constructor(private readonly publicUrl: string) {}

  async read({ em }: Pick<RequestContext, 'em'>): Promise<RelyingParty> {
    const options = await readOptions(sqlOf(em), keys), of = (key: (typeof keys)[number]) => options.get(key)!;
    const address = new URL(of('ServerAddress') || this.publicUrl), origins = listOf(of('passkey.origins'));
    return {
      enabled: of('passkey.enabled') === 'true', name: of('passkey.rp_display_name') || of('SystemName'), id: of('passkey.rp_id') || address.hostname,
      origins: origins.length ? origins : [address.origin], allowInsecure: of('passkey.allow_insecure_origin') === 'true',
      userVerification: of('passkey.user_verification') as Verification, attachment: of('passkey.attachment_preference') as RelyingParty['attachment'],
    };
  }
}

const isSafe = (origin: string): boolean => origin.startsWith('https:') || isLoopbackHost(new URL(origin).host);

/** Undefined when the page that asks may use passkeys. */
export function refuseParty({ headers }: Pick<RequestContext, 'headers'>, { enabled, origins, allowInsecure }: RelyingParty): MessageCode | undefined {
  if (!enabled) return 'passkey_off';
  const page = headers.get('origin'), usable = origins.filter((origin) => allowInsecure || isSafe(origin));
  return usable.length && (page === undefined || usable.includes(page)) ? undefined : 'passkey_origin';
}
