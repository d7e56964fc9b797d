/** How large a GraphQL document may be (GQL-01; graphql-design 15 for callers without a credential). */
export interface Limits {
  bytes: number;
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
  rootMutations: number;
  cost: number;
  introspection: boolean;
}

export const largestTokenCount = 2_000;

/** Documents of our own: only the bucket counts them. */
export const trustedLimits: Limits = {
  bytes: 65_536, depth: 20, aliases: 200, directives: 200, rootFields: 50, rootMutations: 20, cost: 20_000, introspection: false,
};

export const limitsFor = (signedIn: boolean): Limits => signedIn
  ? { bytes: 16_384, depth: 10, aliases: 15, directives: 10, rootFields: 10, rootMutations: 5, cost: 1_000, introspection: true }
  : { bytes: 2_048, depth: 6, aliases: 5, directives: 5, rootFields: 10, rootMutations: 1, cost: 300, introspection: false };
