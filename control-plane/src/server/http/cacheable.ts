/** Answers that a cache may keep: known documents over GET that ask for nothing but what everybody may know (graphql-design 16). */
import { Kind, parse } from 'graphql';
import type { RequestContext } from '../../kernel/context.ts';

const publicFields = new Set(['site', 'priceList', 'uptime', 'content', 'announcements', '__typename']);
/** As long as a change of the site may go unseen. */
const seconds = 60;

function asksPublic(document: string): boolean {
  const operations = parse(document, { noLocation: true }).definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return operations.length > 0 && operations.every(({ selectionSet }) => selectionSet.selections.every((node) => node.kind === Kind.FIELD && publicFields.has(node.name.value)));
}

/** Headers for the answer; none where it must not be kept. @param document that a GET named by its id */
export function cacheHeaders(document: string, { principal }: RequestContext, status: number): [name: string, value: string][] {
  if (principal || status !== 200 || !asksPublic(document)) return [];
  return [['cache-control', `public, max-age=${seconds}`], ['vary', 'accept-language, authorization, cookie']];
}
