/**
 * Who may do what. Every root field carries exactly one policy; the schema does not build without it. The policy is
 * printed into schema.graphql as `@requires`, so that documentation, console and tests read the same source.
 */
import { DirectiveLocation, GraphQLBoolean, GraphQLDirective, GraphQLEnumType, GraphQLList, GraphQLNonNull } from 'graphql';
import { Directive, Extensions } from 'type-graphql';

export enum Permission {
  USER_READ = 'USER_READ',
  USER_WRITE = 'USER_WRITE',
  USER_QUOTA_WRITE = 'USER_QUOTA_WRITE',
  TOKEN_READ_ANY = 'TOKEN_READ_ANY',
  CHANNEL_READ = 'CHANNEL_READ',
  CHANNEL_WRITE = 'CHANNEL_WRITE',
  CHANNEL_TEST = 'CHANNEL_TEST',
  CHANNEL_KEY_REVEAL = 'CHANNEL_KEY_REVEAL',
  GROUP_READ = 'GROUP_READ',
  GROUP_WRITE = 'GROUP_WRITE',
  MODEL_READ = 'MODEL_READ',
  MODEL_WRITE = 'MODEL_WRITE',
  PRICING_WRITE = 'PRICING_WRITE',
  LOG_READ_ANY = 'LOG_READ_ANY',
  LOG_DELETE = 'LOG_DELETE',
  BILLING_READ = 'BILLING_READ',
  REDEMPTION_READ = 'REDEMPTION_READ',
  REDEMPTION_WRITE = 'REDEMPTION_WRITE',
  OPTION_READ = 'OPTION_READ',
  OPTION_WRITE = 'OPTION_WRITE',
  SYSTEM_READ = 'SYSTEM_READ',
  AUDIT_READ = 'AUDIT_READ',
  STAT_READ_ANY = 'STAT_READ_ANY',
  TASK_READ_ANY = 'TASK_READ_ANY',
  TOPUP_READ_ANY = 'TOPUP_READ_ANY',
  TOPUP_COMPLETE = 'TOPUP_COMPLETE',
  INTEGRATION_READ = 'INTEGRATION_READ',
  INTEGRATION_WRITE = 'INTEGRATION_WRITE',
}

/** Role numbers are the field's custom and part of the REST contract. */
export const roles = { guest: 0, user: 1, admin: 10, root: 100 } as const;

const rootOnly = new Set([Permission.OPTION_READ, Permission.OPTION_WRITE, Permission.PRICING_WRITE, Permission.GROUP_WRITE, Permission.CHANNEL_KEY_REVEAL]);

export function permissionsOf(role: number): readonly Permission[] {
  if (role >= roles.root) return Object.values(Permission);
  if (role >= roles.admin) return Object.values(Permission).filter((permission) => !rootOnly.has(permission));
  return [];
}

/** `keys`: an integration key acts for nobody, and uses a field about the caller only where it holds these; undefined: never. */
export type Policy = { kind: 'public' } | { kind: 'self'; keys?: readonly Permission[] } | { kind: 'permission'; all: Permission[] };

function policy(printed: string, value: Policy): MethodDecorator & PropertyDecorator {
  const directive = Directive(printed), extensions = Extensions({ policy: value });
  return ((target: object, key: string | symbol, descriptor?: PropertyDescriptor) => {
    (directive as MethodDecorator)(target, key, descriptor!);
    (extensions as MethodDecorator)(target, key, descriptor!);
  }) as MethodDecorator & PropertyDecorator;
}

/** The caller must hold all of these. On a field below the root, a denied caller sees null and one FORBIDDEN error. */
export const Allow = (...all: Permission[]) => policy(`@requires(all: [${all.join(', ')}])`, { kind: 'permission', all });
/** Any signed-in caller, about what is theirs; an integration key too, when it holds all of `keys`, and they are some. */
export const AllowSelf = (...keys: Permission[]) => (keys.length
  ? policy(`@requires(self: true, all: [${keys.join(', ')}])`, { kind: 'self', keys })
  : policy('@requires(self: true)', { kind: 'self' }));
/** Anyone, signed in or not. */
export const AllowPublic = () => policy('@requires(public: true)', { kind: 'public' });

export function requiresDirective(permissions: GraphQLEnumType): GraphQLDirective {
  const flag = { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: false };
  return new GraphQLDirective({
    name: 'requires',
    description: 'Who may use the field: holders of all these permissions, any signed-in caller (self; integration keys only when they hold all), or anyone (public).',
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: { all: { type: new GraphQLList(new GraphQLNonNull(permissions)) }, self: flag, public: flag },
  });
}
