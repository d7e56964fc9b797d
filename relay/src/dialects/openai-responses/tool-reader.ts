import type { ChatRequest, Json, JsonObject, Tool, ToolChoice } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { customTool } from '../request/custom-tool.ts';
import type { Reading } from '../request/reading.ts';

/** Tools and the choice among them. */
export function readTools(wire: Json | undefined, choice: Json | undefined, reading: Reading): Pick<ChatRequest, 'tools' | 'toolChoice'> {
  const tools = reading.list(wire, 'tools').flatMap((tool, index) => readTool(tool, `tools[${index}]`, reading));
  if (member(choice, 'type') !== 'allowed_tools') return { tools, toolChoice: readChoice(choice, tools, reading) };
  const allowed = new Set(list(member(choice, 'tools')).map((tool) => text(member(tool, 'name'))));
  const names = tools.flatMap(({ name }) => (allowed.has(name) ? [name] : []));
  return { tools, toolChoice: { kind: 'allowed', names, must: member(choice, 'mode') === 'required' } };
}

function readTool(wire: Json, param: string, reading: Reading): Tool[] {
  const tool = reading.object(wire, param);
  switch (tool['type']) {
    case 'custom': return [customTool(reading.name(tool['name'], `${param}.name`), tool)];
    case 'function': return [readFunction(tool, param, reading)];
    case 'namespace': return reading.list(tool['tools'], `${param}.tools`).flatMap((each, index) => readInner(each, text(tool['name']) ?? '', `${param}.tools[${index}]`, reading));
    case 'web_search':
    case 'web_search_preview':
    case 'web_search_2025_08_26':
    case 'web_search_preview_2025_03_11': return [readSearch(tool)];
    default: return [{ name: text(tool['name']) ?? '', native: tool }];
  }
}

const readFunction = (tool: JsonObject, param: string, reading: Reading): Tool => ({
  name: reading.name(tool['name'], `${param}.name`),
  description: reading.text(tool['description'], `${param}.description`),
  schema: isObject(tool['parameters']) ? tool['parameters'] : undefined,
  strict: reading.flag(tool['strict'], `${param}.strict`),
});

/** A tool of a namespace carries its name before its own, as the calls of it do (dialects 5.2). */
function readInner(wire: Json, space: string, param: string, reading: Reading): Tool[] {
  return readTool(wire, param, reading).map((tool) => (tool.native ? tool : { ...tool, name: spaced(space, tool.name) }));
}

export const spaced = (space: string | undefined, name: string): string => (space === undefined || space === '' ? name : `${space}.${name}`);

function readSearch(tool: JsonObject): Tool {
  const domains = list(member(tool['filters'], 'allowed_domains')).flatMap((each) => text(each) ?? []);
  const size = text(tool['search_context_size']);
  const webSearch = { ...(size ? { contextSize: size } : {}), ...(isObject(tool['user_location']) ? { location: tool['user_location'] } : {}), ...(domains.length ? { allowedDomains: domains } : {}) };
  return { name: 'web_search', webSearch };
}

/** The tools that take free text. */
export const customNames = (tools: Json | undefined): ReadonlySet<string> =>
  new Set(list(tools).flatMap((tool) => (member(tool, 'type') === 'custom' ? text(member(tool, 'name')) ?? [] : [])));

/** Names of tools in namespaces, as calls of them are told apart. */
export function namespaces(tools: Json | undefined): ReadonlyMap<string, { namespace: string; name: string }> {
  return new Map(list(tools).flatMap((space): [string, { namespace: string; name: string }][] => {
    const namespace = text(member(space, 'name')) ?? '';
    if (member(space, 'type') !== 'namespace') return [];
    return list(member(space, 'tools')).map((tool) => { const name = text(member(tool, 'name')) ?? ''; return [spaced(namespace, name), { namespace, name }]; });
  }));
}

function readChoice(wire: Json | undefined, tools: readonly Tool[], reading: Reading): ToolChoice | undefined {
  if (wire === undefined || wire === null) return undefined;
  if (wire === 'auto' || wire === 'none' || wire === 'required') return { kind: wire };
  if (member(wire, 'type') === 'function' || member(wire, 'type') === 'custom') return { kind: 'named', name: reading.name(member(wire, 'name'), 'tool_choice.name') };
  if (text(member(wire, 'type'))?.startsWith('web_search') && tools.some((tool) => tool.webSearch)) return { kind: 'auto' };
  if (isObject(wire)) reading.lost('tool_choice', 'of this kind cannot be used with this model');
  else reading.wrong('tool_choice', 'must be auto, none, required, or name a function');
  return undefined;
}
