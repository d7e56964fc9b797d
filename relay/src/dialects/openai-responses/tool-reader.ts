import type { ChatRequest, Json, JsonObject, Tool, ToolChoice } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import type { Reading } from '../reading.ts';

/** Tools and the choice among them.  */
export function readTools(wire: Json | undefined, choice: Json | undefined, reading: Reading): Pick<ChatRequest, 'tools' | 'toolChoice'> {
  const tools = reading.list(wire, 'tools').map((tool, index) => readTool(tool, `tools[${index}]`, reading));
  if (member(choice, 'type') !== 'allowed_tools') return { tools, toolChoice: readChoice(choice, reading) };
  const allowed = new Set(list(member(choice, 'tools')).map((tool) => text(member(tool, 'name'))));
  const names = tools.flatMap(({ name }) => (allowed.has(name) ? [name] : []));
  return { tools, toolChoice: { kind: 'allowed', names, must: member(choice, 'mode') === 'required' } };
}

function readTool(wire: Json, param: string, reading: Reading): Tool {
  const tool = reading.object(wire, param);
  if (tool['type'] === 'custom') return wrapped(tool, param, reading);
  if (tool['type'] !== 'function') return { name: text(tool['name']) ?? '', native: tool };
  return {
    name: reading.name(tool['name'], `${param}.name`),
    description: reading.text(tool['description'], `${param}.description`),
    schema: isObject(tool['parameters']) ? tool['parameters'] : undefined,
    strict: reading.flag(tool['strict'], `${param}.strict`),
  };
}

/** Free text as a function's one argument; a grammar is told in words (dialects 4.5). */
function wrapped(tool: JsonObject, param: string, reading: Reading): Tool {
  const grammar = text(member(tool['format'], 'definition'));
  const form = grammar === undefined ? [] : [`The input must follow this ${text(member(tool['format'], 'syntax')) ?? ''} grammar:\n${grammar}`];
  const description = [text(tool['description']) ?? [], ...form].flat().join('\n\n');
  return {
    name: reading.name(tool['name'], `${param}.name`), ...(description === '' ? {} : { description }),
    schema: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
  };
}

/** The tools that take free text. */
export const customNames = (tools: Json | undefined): ReadonlySet<string> =>
  new Set(list(tools).flatMap((tool) => (member(tool, 'type') === 'custom' ? text(member(tool, 'name')) ?? [] : [])));

function readChoice(wire: Json | undefined, reading: Reading): ToolChoice | undefined {
  if (wire === undefined || wire === null) return undefined;
  if (wire === 'auto' || wire === 'none' || wire === 'required') return { kind: wire };
  if (member(wire, 'type') === 'function' || member(wire, 'type') === 'custom') return { kind: 'named', name: reading.name(member(wire, 'name'), 'tool_choice.name') };
  if (isObject(wire)) reading.lost('tool_choice', 'of this kind cannot be used with this model');
  else reading.wrong('tool_choice', 'must be auto, none, required, or name a function');
  return undefined;
}
