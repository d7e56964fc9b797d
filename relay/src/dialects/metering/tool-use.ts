/** Tools that the provider runs itself and bills by the call (semantics 1.6): how often an answer used them. */
import type { Json, JsonObject } from '../chat-event.ts';
import { given, givenList } from '../gemini/given.ts';
import { isObject, list, member, text } from '../json-member.ts';

/** Calls by the name under which they have a price. */
export type ToolUse = Readonly<Record<string, number>>;

/** Item types of openai-responses; a search is priced as the tool that the request named. */
const items = new Map([['web_search_call', 'web_search'], ['file_search_call', 'file_search']]);
const mark = '_call"';

/** @param response the object that ends an answer of openai-responses. Undefined: it used none */
export function toolsOfResponse(response: JsonObject): ToolUse | undefined {
  const isPreview = list(response['tools']).some((tool) => text(member(tool, 'type'))?.startsWith('web_search_preview') === true);
  const use: Record<string, number> = {};
  for (const item of list(response['output'])) {
    const name = pricedName(item, isPreview);
    if (name !== undefined) use[name] = (use[name] ?? 0) + 1;
  }
  return Object.keys(use).length > 0 ? use : undefined;
}

function pricedName(item: Json, isPreview: boolean): string | undefined {
  const type = text(member(item, 'type')) ?? '';
  if (type === 'image_generation_call') return pictureName(item);
  const name = items.get(type);
  return name === 'web_search' && isPreview ? 'web_search_preview' : name;
}

/** Pictures are priced by quality and form; what is not told is taken for the dearest square one. */
function pictureName(item: Json): string {
  const quality = text(member(item, 'quality')) ?? '', size = text(member(item, 'size')) ?? '';
  const known = quality === 'low' || quality === 'medium' ? quality : 'high';
  return `image_generation_${known}${/^\d+x\d+$/.test(size) && size !== '1024x1024' ? '_wide' : ''}`;
}

/** Whether it is worth parsing. */
export const mayUseTools = (bytes: Buffer): boolean => bytes.includes(mark);

const groundMark = 'ebSearchQueries"', snakeMark = 'web_search_queries"';

/** Whether an answer of gemini is worth parsing for its searches. */
export const maySearch = (bytes: Buffer | string): boolean => bytes.includes(groundMark) || bytes.includes(snakeMark);

/** Gemini lists what it searched for, beside the candidate that rests on it. @param candidates of an answer, or of a chunk of one */
export function searchesOf(candidates: Json | undefined): ToolUse | undefined {
  const queries = list(candidates).flatMap((candidate) => givenList(given(candidate, 'groundingMetadata'), 'webSearchQueries'));
  return queries.length > 0 ? { google_search: queries.length } : undefined;
}

/** xAI counts what its searches of the web and of posts found. Nothing, unless the operator gives it a price. */
export function sourcesOf(usage: Json | undefined): ToolUse | undefined {
  const sources = member(usage, 'num_sources_used');
  return typeof sources === 'number' && Number.isInteger(sources) && sources > 0 && sources < 1_000_000 ? { live_search: sources } : undefined;
}

/** Anthropic counts them in its usage. */
export function toolsOfUsage(usage: Json | undefined): ToolUse | undefined {
  const searches = member(member(usage, 'server_tool_use'), 'web_search_requests');
  return isObject(usage) && typeof searches === 'number' && Number.isInteger(searches) && searches > 0 && searches < 10_000 ? { web_search: searches } : undefined;
}
