import type { Json, Tool, ToolChoice } from '../chat-event.ts';
import { isObject, text } from '../json-member.ts';
import type { Reading } from '../request/reading.ts';
import { given, givenList, givenObject, givenText } from './given.ts';
import { readSchema } from './schema-reader.ts';

const searches = new Set(['googleSearch', 'google_search', 'googleSearchRetrieval', 'google_search_retrieval']);

/** A tool holds a list of functions, and beside it what the provider runs itself. */
export function readTools(wire: Json | undefined, reading: Reading): Tool[] {
  return reading.list(isObject(wire) ? [wire] : wire, 'tools').flatMap((each, index) => {
    const tool = reading.object(each, `tools[${index}]`);
    const functions = givenList(tool, 'functionDeclarations').map((one, place) => readFunction(one, `tools[${index}].functionDeclarations[${place}]`, reading));
    const hosted = Object.entries(tool).filter(([name]) => name !== 'functionDeclarations' && name !== 'function_declarations');
    return [...functions, ...hosted.map(([name, value]): Tool => (searches.has(name) ? { name: 'web_search', webSearch: {} } : { name, native: { [name]: value } }))];
  });
}

function readFunction(wire: Json, param: string, reading: Reading): Tool {
  const spec = reading.object(wire, param);
  const json = givenObject(spec, 'parametersJsonSchema');
  const open = givenObject(spec, 'parameters');
  return {
    name: reading.name(spec['name'], `${param}.name`), description: reading.text(spec['description'], `${param}.description`),
    schema: json ?? (open && readSchema(open)),
  };
}

/** VALIDATED is a choice of the model's whose arguments fit the schema: `strict`. */
export function readChoice(wire: Json | undefined, reading: Reading): { toolChoice?: ToolChoice; strict: boolean } {
  const config = given(wire, 'functionCallingConfig');
  const mode = givenText(config, 'mode')?.toUpperCase();
  const names = givenList(config, 'allowedFunctionNames').flatMap((name) => text(name) ?? []);
  const [only] = names;
  switch (mode) {
    case undefined:
    case 'MODE_UNSPECIFIED': return { strict: false };
    case 'NONE': return { toolChoice: { kind: 'none' }, strict: false };
    case 'ANY':
      if (only === undefined) return { toolChoice: { kind: 'required' }, strict: false };
      return { toolChoice: names.length === 1 ? { kind: 'named', name: only } : { kind: 'allowed', names, must: true }, strict: false };
    case 'AUTO':
    case 'VALIDATED': return { toolChoice: names.length ? { kind: 'allowed', names, must: false } : { kind: 'auto' }, strict: mode === 'VALIDATED' };
    default: reading.wrong('toolConfig.functionCallingConfig.mode', 'must be AUTO, ANY, NONE or VALIDATED');
  }
  return { strict: false };
}

export const strictly = (tools: Tool[], strict: boolean): Tool[] => (strict ? tools.map((tool) => (tool.native ? tool : { ...tool, strict })) : tools);

