import type { ChatRequest, Json, JsonObject, Tool } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { cachePoint } from './block-writer.ts';

/** A history with calls must come with tools, also where the client offers none now: then their names are all that is known. */
export function writeTools(request: ChatRequest, options: RequestOptions): JsonObject | undefined {
  const { toolChoice: choice } = request, past = pastCalls(request);
  const offered = choice?.kind === 'allowed' ? request.tools.filter(({ name }) => choice.names.includes(name)) : request.tools;
  if (choice?.kind === 'none' && past.size === 0) return undefined;
  if (choice?.kind === 'none' && request.tools.length) options.warn?.('approximated:tool_choice');
  const missing = [...past].filter((name) => !offered.some((tool) => tool.name === name)).map((name): Tool => ({ name }));
  const tools = offered.length ? offered : missing;
  if (tools.length === 0) return undefined;
  return wire({ tools: tools.flatMap((tool): Json[] => [writeTool(tool), ...cachePoint(tool.cache)]), toolChoice: writeChoice(choice) });
}

const pastCalls = ({ messages }: ChatRequest): Set<string> =>
  new Set(messages.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'tool-call' ? [part.name] : []))));

const writeTool = ({ name, description, schema }: Tool): JsonObject =>
  ({ toolSpec: wire({ name, description: description || undefined, inputSchema: { json: schema ?? { type: 'object', properties: {} } } }) });

function writeChoice(choice: ChatRequest['toolChoice']): JsonObject | undefined {
  switch (choice?.kind) {
    case undefined: return undefined;
    case 'named': return { tool: { name: choice.name } };
    case 'required': return { any: {} };
    case 'allowed': return choice.must ? { any: {} } : { auto: {} };
    default: return { auto: {} };
  }
}
