import type { ChatRequest, Json, JsonObject, Tool, ToolChoice, WebSearch } from '../chat-event.ts';
import { customTool } from '../request/custom-tool.ts';
import { isObject, list, member, text } from '../json-member.ts';
import type { Reading } from '../request/reading.ts';

type Tools = Pick<ChatRequest, 'tools' | 'toolChoice' | 'oldFunctions'>;

/** Tools, in their present form and in the old one, and the search of the web, which is a member of its own here. */
export function readTools(wire: JsonObject, reading: Reading): Tools {
  const tools = reading.list(wire['tools'], 'tools').map((tool, index) => readTool(tool, `tools[${index}]`, reading));
  const functions = reading.list(wire['functions'], 'functions').map((one, index) => readFunction(one, `functions[${index}]`, reading));
  const search = isObject(wire['web_search_options']) ? [{ name: 'web_search', webSearch: readSearch(wire['web_search_options']) }] : [];
  const toolChoice = readChoice(wire['tool_choice'], reading) ?? readOldChoice(wire['function_call'], reading);
  return { tools: [...tools, ...functions, ...search], toolChoice, ...(functions.length ? { oldFunctions: true } : {}) };
}

function readTool(wire: Json, param: string, reading: Reading): Tool {
  const tool = reading.object(wire, param);
  if (tool['type'] === 'custom') {
    const spec = reading.object(tool['custom'], `${param}.custom`);
    return customTool(reading.name(spec['name'], `${param}.custom.name`), spec);
  }
  return tool['type'] === 'function' ? readFunction(tool['function'], `${param}.function`, reading) : { name: text(tool['type']) ?? '', native: tool };
}

function readFunction(wire: Json | undefined, param: string, reading: Reading): Tool {
  const spec = reading.object(wire, param);
  return {
    name: reading.name(spec['name'], `${param}.name`),
    description: reading.text(spec['description'], `${param}.description`),
    schema: isObject(spec['parameters']) ? spec['parameters'] : undefined,
    strict: reading.flag(spec['strict'], `${param}.strict`),
  };
}

/** The place stands in an object of its own. */
function readSearch(wire: JsonObject): WebSearch {
  const place = wire['user_location'], inner = member(place, 'approximate');
  const location: JsonObject | undefined = isObject(inner) ? { type: 'approximate', ...inner } : isObject(place) ? place : undefined;
  const contextSize = text(wire['search_context_size']);
  return { ...(contextSize ? { contextSize } : {}), ...(location ? { location } : {}) };
}

function readChoice(wire: Json | undefined, reading: Reading): ToolChoice | undefined {
  if (wire === undefined || wire === null) return undefined;
  if (wire === 'auto' || wire === 'none' || wire === 'required') return { kind: wire };
  const name = text(member(member(wire, 'function'), 'name')) ?? text(member(member(wire, 'custom'), 'name'));
  if (name !== undefined) return { kind: 'named', name };
  const allowed = member(wire, 'allowed_tools');
  if (isObject(allowed)) {
    const names = list(allowed['tools']).flatMap((tool) => text(member(member(tool, 'function'), 'name')) ?? text(member(member(tool, 'custom'), 'name')) ?? []);
    return { kind: 'allowed', names, must: allowed['mode'] === 'required' };
  }
  if (isObject(wire)) reading.lost('tool_choice', 'of this kind cannot be used with this model');
  else reading.wrong('tool_choice', 'must be auto, none, required, or name a function');
  return undefined;
}

function readOldChoice(wire: Json | undefined, reading: Reading): ToolChoice | undefined {
  if (wire === undefined || wire === null) return undefined;
  if (wire === 'auto' || wire === 'none') return { kind: wire };
  return { kind: 'named', name: reading.name(member(wire, 'name'), 'function_call.name') };
}
