/** Answers in JSON (dialects 4.8). Models before the third generation refuse it together with tools: there it is asked for in words. */
import type { ChatRequest, Json } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { modelRow } from './model-rows.ts';
import { schemaSubset } from './schema-subset.ts';

const isRefused = ({ tools, model }: ChatRequest): boolean => tools.length > 0 && !modelRow(model).schemaWithTools;

export function writeFormat(request: ChatRequest): { [member: string]: Json } {
  const { responseFormat, model } = request;
  if (!responseFormat || isRefused(request)) return {};
  if (responseFormat.kind === 'json_object') return { responseMimeType: 'application/json' };
  const { schema } = responseFormat;
  return { responseMimeType: 'application/json', ...(modelRow(model).jsonSchema ? { responseJsonSchema: schema } : { responseSchema: schemaSubset(schema) }) };
}

export function writeInstruction(request: ChatRequest, options: RequestOptions): string | undefined {
  const { responseFormat } = request;
  if (!responseFormat || !isRefused(request)) return undefined;
  options.warn?.(responseFormat.kind === 'json_object' ? 'json_object_instruction' : 'json_schema_instruction');
  const form = responseFormat.kind === 'json_schema' ? ` It must match this JSON Schema: ${JSON.stringify(responseFormat.schema)}` : '';
  return `When you answer without calling a tool, answer with one JSON object and nothing else: no explanation, no code fence.${form}`;
}
