import type { Failure } from '../../failure/failure.ts';
import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import type { RequestFacts } from '../dialect.ts';
import { isObject, text } from '../json-member.ts';
import { Reading } from '../request/reading.ts';
import { ContentReader } from './content-reader.ts';
import { given, givenObject, givenText } from './given.ts';
import { readConfig } from './config-reader.ts';
import { readChoice, readTools, strictly } from './tool-reader.ts';

/** Members with a place in the neutral form. All others travel in `rest`. */
const known = new Set(['contents', 'systemInstruction', 'tools', 'toolConfig', 'generationConfig', 'stream', 'alt', 'model']);
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** @param facts the model and the stream, which the address tells */
export function readRequest(body: Json, facts: Pick<RequestFacts, 'model' | 'stream'> = { model: '', stream: false }): ChatRequest | Failure {
  const reading = new Reading();
  const wire = reading.object(body, 'body');
  const contents = given(wire, 'contents');
  if (contents === undefined || contents === null) reading.wrong('contents', 'is required');
  const { toolChoice, strict } = readChoice(given(wire, 'toolConfig'), reading);
  const request: ChatRequest = {
    model: facts.model,
    stream: facts.stream,
    streamUsage: true,
    system: readSystem(given(wire, 'systemInstruction')),
    messages: new ContentReader(reading).read(contents),
    tools: strictly(readTools(given(wire, 'tools'), reading), strict),
    toolChoice,
    ...readConfig(givenObject(wire, 'generationConfig') ?? {}, reading),
    rest: { gemini: restOf(wire) },
  };
  return reading.fault ?? request;
}

const restOf = (wire: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(wire).map(([name, value]): [string, Json] => [camel(name), value]).filter(([name]) => !known.has(name)));

function readSystem(wire: Json | undefined): ChatRequest['system'] {
  if (typeof wire === 'string') return wire === '' ? [] : [{ text: wire }];
  const parts = given(wire, 'parts');
  const all = Array.isArray(parts) ? parts : isObject(parts) ? [parts] : [];
  return all.flatMap((part) => { const said = text(part) ?? givenText(part, 'text'); return said ? [{ text: said }] : []; });
}
