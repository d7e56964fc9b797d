/** Enforces what `@Allow…` declares: a root field without a policy does not build, a caller without it gets no data. */
import { defaultFieldResolver, GraphQLError, GraphQLObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../kernel/context.ts';
import type { Policy } from '../kernel/permission.ts';
import { requireUnlimited } from '../kernel/user-scope.ts';
import type { StepUpRule } from '../kernel/step-up.ts';
import { requireStepUp } from '../features/step-up/require-step-up.ts';

const policyOf = (field: GraphQLField<unknown, RequestContext>) => field.extensions.policy as Policy | undefined;

/** Throws UNAUTHENTICATED or FORBIDDEN; returns when the caller may. */
export function requirePolicy(policy: Policy, context: RequestContext): void {
  if (policy.kind === 'public') return;
  const { principal } = context;
  if (!principal) throw new GraphQLError('Sign in first', { extensions: { code: 'UNAUTHENTICATED' } });
  if (policy.kind === 'self') {
    if (principal.credential === 'relay-key') throw new GraphQLError('A relay key cannot do this', { extensions: { code: 'FORBIDDEN' } });
    if (principal.credential === 'integration-key' && !policy.keys?.every((one) => principal.permissions.includes(one))) throw new GraphQLError('An integration key acts for nobody: use fields that name a permission', { extensions: { code: 'FORBIDDEN' } });
    return;
  }
  const missing = policy.all.filter((permission) => !principal.permissions.includes(permission));
  if (missing.length) throw new GraphQLError(`Needs the permission ${missing.join(', ')}`, { extensions: { code: 'FORBIDDEN', required: missing } });
}

/** As `requirePolicy`, for callers that do not throw. */
export function refusePolicy(field: GraphQLField<unknown, unknown>, context: RequestContext): GraphQLError | undefined {
  const policy = (field as GraphQLField<unknown, RequestContext>).extensions.policy as Policy | undefined;
  try {
    if (policy) requirePolicy(policy, context);
    if (policy && policy.kind !== 'public') requireUnlimited(field, context);
    return undefined;
  } catch (fault) {
    if (fault instanceof GraphQLError) return fault;
    throw fault;
  }
}

/** @param isRoot fields below a root are reached through one that keeps to its limits */
function guard(field: GraphQLField<unknown, RequestContext>, policy: Policy, isRoot: boolean): void {
  const { resolve = defaultFieldResolver, subscribe } = field;
  const stepUp = field.extensions.stepUp as StepUpRule | undefined;
  const admit = (context: RequestContext): void => {
    requirePolicy(policy, context);
    if (isRoot && policy.kind !== 'public') requireUnlimited(field, context);
  };
  field.resolve = (source, args, context, info) => {
    admit(context);
    if (stepUp) return requireStepUp(stepUp, context).then(() => resolve(source, args, context, info));
    return resolve(source, args, context, info);
  };
  if (subscribe) {
    field.subscribe = (source, args, context, info) => {
      admit(context);
      return subscribe(source, args, context, info);
    };
  }
}

/** Wraps each field that declares a policy; throws with the list of root fields that declare none. */
export function enforcePolicies(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const undeclared: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const policy = policyOf(field);
      if (policy) guard(field, policy, roots.has(type));
      else if (roots.has(type)) undeclared.push(`${type.name}.${field.name}`);
    }
  }
  if (undeclared.length) throw new Error(`These fields declare no policy (@Allow, @AllowSelf or @AllowPublic): ${undeclared.join(', ')}`);
  return schema;
}
