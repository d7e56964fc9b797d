/** Challenges (MFA-02): random, good once, for two minutes, bound to browser, user, purpose, relying party and origins. */
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { RequestContext } from '../../kernel/context.ts';
import { beginCeremony, takeCeremony, type CeremonyKind } from '../ceremony/ceremonies.ts';
import type { Passkey } from './passkey.entity.ts';
import type { RelyingParty, Verification } from './relying-party.ts';

export const challengeMs = 120_000;

export interface Challenge { challenge: string; rpId: string; origins: string[]; verification: Verification }

type PasskeyCeremony = Extract<CeremonyKind, 'passkey-sign-in' | 'passkey-register' | 'passkey-verify'>;

export interface Issued { kind: PasskeyCeremony; challenge: string; party: RelyingParty; verification: Verification; userId?: number }

export function keepChallenge(ctx: RequestContext, { kind, challenge, party, verification, userId }: Issued): Promise<void> {
  const data: Challenge = { challenge, rpId: party.id, origins: party.origins, verification };
  return beginCeremony(ctx, kind, { data, lifeMs: challengeMs, ...(userId !== undefined && { userId }) });
}

export const takeChallenge = (ctx: RequestContext, kind: PasskeyCeremony) => takeCeremony<Challenge>(ctx, kind);

export interface Asked { kind: PasskeyCeremony; party: RelyingParty; verification: Verification; userId?: number; allowed: readonly Passkey[] }

/** Options for `navigator.credentials.get`; nobody `allowed` means that the authenticator knows who signs in. */
export async function askForPasskey(ctx: RequestContext, { kind, party, verification, userId, allowed }: Asked): Promise<object> {
  const allowCredentials = allowed.map(({ handle: id, transports }) => ({ id, transports }));
  const options = await generateAuthenticationOptions({ rpID: party.id, timeout: challengeMs, userVerification: verification, allowCredentials });
  await keepChallenge(ctx, { kind, challenge: options.challenge, party, verification, ...(userId !== undefined && { userId }) });
  return { allowCredentials: [], ...options };
}
