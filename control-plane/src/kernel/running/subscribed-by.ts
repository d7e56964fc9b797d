/**
 * Lets a method of a resolver open the stream of its subscription. The library gives `subscribe` no instance, so the
 * schema is told the class and the method, and asks the container when somebody subscribes.
 */
import type { GraphQLSchema } from 'graphql';
import { Extensions, type ContainerType } from 'type-graphql';
import type { RequestContext } from '../context.ts';

interface Source { resolver: Function; method: string }

export function subscribedBy(method: string): MethodDecorator {
  return (target, key, descriptor) => Extensions({ source: { resolver: target.constructor, method } satisfies Source })(target, key, descriptor);
}

/** Stands in the decorator's `subscribe` until the schema is bound. */
export function boundLater(): never {
  throw new Error('This schema was built for printing only');
}

type Opener = Record<string, (ctx: RequestContext, args: unknown) => Promise<AsyncIterable<unknown>>>;

/** Call it on a new schema, before it is copied or wrapped. */
export function bindSubscriptions(schema: GraphQLSchema, container: ContainerType): GraphQLSchema {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const source = field.extensions.source as Source | undefined;
    if (!source) continue;
    field.subscribe = (_root, args: unknown, ctx: RequestContext) => {
      const resolver = container.get(source.resolver as never, undefined as never) as Opener;
      return resolver[source.method]!(ctx, args);
    };
  }
  return schema;
}
