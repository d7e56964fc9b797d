/** Answers in a schema from models that know none: as the arguments of a tool that they are made to call (dialects 4.8). */
import type { ChatRequest, JsonObject } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { jsonTool, JsonToolStep } from '../steps/json-tool-step.ts';
import { modelRow } from './model-rows.ts';

/** Not beside thoughts, which allow no forced call; and not where the client's own tools, or its choice, stand in the way. */
export function emulatesSchema({ responseFormat, model, tools, toolChoice }: ChatRequest, thinking: boolean, { step, warn }: RequestOptions): boolean {
  const possible = responseFormat?.kind === 'json_schema' && !modelRow(model).schema && !thinking && step !== undefined
    && !tools.some(({ name }) => name === jsonTool) && (toolChoice === undefined || toolChoice.kind === 'auto');
  if (!possible) return false;
  step(() => new JsonToolStep());
  warn?.('json_schema_emulated');
  return true;
}

export function jsonToolOf({ responseFormat }: ChatRequest): JsonObject {
  const schema = responseFormat?.kind === 'json_schema' ? responseFormat.schema : {};
  const isObjectSchema = schema['type'] === 'object' || schema['properties'] !== undefined;
  return { name: jsonTool, description: 'Answer with this. Call it once, with the whole answer.', input_schema: isObjectSchema ? schema : { type: 'object', ...schema } };
}

/** Beside the client's tools any of them may be called. */
export const jsonChoice = ({ tools }: ChatRequest): JsonObject => (tools.length ? { type: 'any' } : { type: 'tool', name: jsonTool });
