/**
 * Integration keys that are limited to some users. A field opens to such a key only when it carries `@OfUsers()`, and then keeps to
 * those users itself, with what stands here: a field that nobody thought of is closed (AUT-01). Printed as `@ofUsers`.
 */
import { DirectiveLocation, GraphQLDirective, GraphQLError } from 'graphql';
import { Directive, Extensions } from 'type-graphql';
import type { RequestContext } from './context.ts';
import { readId, typedId } from './typed-id.ts';

export function OfUsers(): MethodDecorator & PropertyDecorator {
  const directive = Directive('@ofUsers'), extensions = Extensions({ ofUsers: true });
  return ((target: object, key: string | symbol, descriptor?: PropertyDescriptor) => {
    (directive as MethodDecorator)(target, key, descriptor!);
    (extensions as MethodDecorator)(target, key, descriptor!);
  }) as MethodDecorator & PropertyDecorator;
}

export const ofUsersDirective = new GraphQLDirective({
  name: 'ofUsers', description: 'Integration keys that are limited to some users may use it, and reach those only. Other fields are closed to them.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
});

type Scoped = Pick<RequestContext, 'principal'>;

/** The users whom the caller may reach; undefined: no such limit. */
export const userScope = ({ principal }: Scoped): readonly number[] | undefined => principal?.userScope;

export const reaches = (ctx: Scoped, userId: number): boolean => userScope(ctx)?.includes(userId) ?? true;

/** A condition on the column that names the user; without members where the caller is not limited. */
export const whereReached = <Column extends string>(ctx: Scoped, column: Column): Record<Column, { $in: number[] }> | Record<string, never> => {
  const scope = userScope(ctx);
  return scope ? { [column]: { $in: [...scope] } } as Record<Column, { $in: number[] }> : {};
};

/** Ids of users in a filter, held to those whom the caller may reach: all of these where the filter names none. */
export function reachedIds(ctx: Scoped, asked: readonly string[] | null | undefined): string[] | null | undefined {
  const scope = userScope(ctx);
  if (!scope) return asked ? [...asked] : asked;
  const wanted = asked && new Set(asked.map((id) => readId('user', id)));
  return scope.filter((id) => !wanted || wanted.has(id)).map((id) => typedId('user', id));
}

/** Throws FORBIDDEN when the caller is limited to users and the field does not keep to them. */
export function requireUnlimited({ extensions }: { extensions: { ofUsers?: unknown } }, ctx: Scoped): void {
  if (userScope(ctx) && extensions.ofUsers !== true) throw new GraphQLError('This integration key is limited to some users: it may use fields that are marked with @ofUsers', { extensions: { code: 'FORBIDDEN' } });
}
