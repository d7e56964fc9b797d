/**
 * Acts that want a fresh proof of who is there: `@StepUp()` beside the policy. Printed as `@stepUp`, so that the console and
 * integrators see which they are. Why the compatible REST forms are asked less: docs/decisions/0010-step-up.md.
 */
import { DirectiveLocation, GraphQLBoolean, GraphQLDirective, GraphQLInt, GraphQLNonNull } from 'graphql';
import { Directive, Extensions } from 'type-graphql';
import type { RequestContext } from './context.ts';

/** How long a proof lasts (management-api 2.4). */
export const proofSeconds = 300;

export interface StepUpRule {
  /** Secrets: asked at every door and of every credential, and a sign-in is no proof. */
  strict: boolean;
}

export function StepUp({ strict = false }: Partial<StepUpRule> = {}): MethodDecorator & PropertyDecorator {
  const directive = Directive(`@stepUp(maxAgeSeconds: ${proofSeconds}${strict ? ', strict: true' : ''})`), extensions = Extensions({ stepUp: { strict } satisfies StepUpRule });
  return ((target: object, key: string | symbol, descriptor?: PropertyDescriptor) => {
    (directive as MethodDecorator)(target, key, descriptor!);
    (extensions as MethodDecorator)(target, key, descriptor!);
  }) as MethodDecorator & PropertyDecorator;
}

export type ProofFault = 'VERIFICATION_REQUIRED' | 'VERIFICATION_EXPIRED';

/** Undefined when the caller's proof is fresh. An access token never has one. */
export function proofFault({ strict }: StepUpRule, { principal, clock }: Pick<RequestContext, 'principal' | 'clock'>): ProofFault | undefined {
  const { provenAt, signedInAt } = principal ?? {};
  const latest = Math.max(provenAt ?? -Infinity, strict ? -Infinity : signedInAt ?? -Infinity);
  if (clock.now().getTime() - latest < proofSeconds * 1_000) return undefined;
  return provenAt === undefined ? 'VERIFICATION_REQUIRED' : 'VERIFICATION_EXPIRED';
}

export const stepUpDirective = new GraphQLDirective({
  name: 'stepUp',
  description: 'Needs a proof of who is there (stepUpVerify) that is no older than this. A sign-in counts, unless strict; strict asks access tokens and REST too.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    maxAgeSeconds: { type: new GraphQLNonNull(GraphQLInt), defaultValue: proofSeconds },
    strict: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: false },
  },
});
