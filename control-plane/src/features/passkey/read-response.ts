/** What a browser answers, as far as we use it; the library checks the rest. */
import { z } from 'zod';

const base64url = z.string().min(1).max(20_000).regex(/^[\w-]+=*$/);
const common = { id: base64url, rawId: base64url, type: z.literal('public-key'), clientExtensionResults: z.record(z.string(), z.unknown()).default({}) };

const registration = z.object({
  ...common,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(z.string().max(32)).max(16).default([]) }),
});

const assertion = z.object({
  ...common,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: z.string().max(200).nullish().transform((value) => value ?? undefined) }),
});

/** Undefined for another form. */
export const readRegistration = (given: unknown) => registration.safeParse(given).data;
export const readAssertion = (given: unknown) => assertion.safeParse(given).data;

export type Assertion = NonNullable<ReturnType<typeof readAssertion>>;
export type Registration = NonNullable<ReturnType<typeof readRegistration>>;
