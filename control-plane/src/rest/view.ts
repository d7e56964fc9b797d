/** A view turns one GraphQL object into the JSON that new-api clients know. It selects, renames and casts; it decides nothing. */
import type { Language } from '../kernel/context.ts';

export interface ViewContext {
  language: Language;
  /** Path as it was spelled: some collections answer in another form without the final slash. */
  path: string;
  /** Role of the caller; some members are for administrators only. */
  role: number;
}

export interface RestView {
  /** As `@rest(view: …)` names it. */
  name: string;
  /** GraphQL type that it reads. */
  on: string;
  /** Members of that type, in GraphQL. */
  selection: string;
  /** Further selection beside the nodes of a connection or the entity of a payload. */
  beside?: string;
  encode(node: Node, context: ViewContext): unknown;
  /** Instead of `encode` for each node, where a list is not answered as an array of them. */
  encodeList?(nodes: readonly Node[], context: ViewContext): unknown;
  /** Status of a refusal by its code, where it is neither 200 nor 404. */
  refusalStatus?: Readonly<Record<string, number>>;
  /** Members of the page object or the envelope, made from what `beside` selected. */
  encodeBeside?(value: Node, context: ViewContext): Record<string, unknown>;
  /** Members of the answer when the operation was refused for this reason, where a route has words of its own for that. */
  encodeRefusal?(reason: string): Record<string, unknown>;
}

/** What GraphQL answered for the selection. Views know its members, since they asked for them. */
// eslint-disable-next-line typescript/no-explicit-any -- the type is the view's own selection text
export type Node = Record<string, any>;

export const unixSeconds = (iso: string | null | undefined): number => (iso ? Math.floor(Date.parse(iso) / 1000) : 0);
export const unixOrMinusOne = (iso: string | null | undefined): number => (iso ? unixSeconds(iso) : -1);
export const quotaNumber = (quota: string | null | undefined): number => Number(quota ?? 0);
