import { Failure } from '../../failure/failure.ts';
import { writeThinking } from '../anthropic-messages/thinking-writer.ts';
import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import type { RequestOptions } from '../dialect.ts';
import { effortOf } from '../request/effort.ts';
import { wire } from '../json-member.ts';
import { cannot, carryRest, lossOf } from '../request/losses.ts';
import { cachePoint } from './block-writer.ts';
import { writeMessages } from './message-writer.ts';
import { writeTools } from './tool-writer.ts';

const takes = new Set(['top_k']);
const mostStops = 4;

/** The model stands in the address. */
export function writeRequest(request: ChatRequest, options: RequestOptions = {}): JsonObject | Failure {
  const rest = carryRest(request, 'bedrock-converse', options);
  if (rest instanceof Failure) return rest;
  const lost = lossOf(request, takes, options);
  if (lost) return lost;
  const native = request.tools.findIndex((tool) => tool.native);
  if (native >= 0) return cannot(`tools[${native}]`);
  const messages = writeMessages(request, options);
  if (messages instanceof Failure) return messages;
  if (request.stop.length > mostStops) options.warn?.('clamped:stop');
  const { limits, fields } = writeModel(request, options);
  const isClaude = claude.test(request.model);
  return wire({
    messages,
    system: request.system.length ? request.system.flatMap(({ text, cache }): Json[] => [{ text }, ...cachePoint(cache)]) : undefined,
    inferenceConfig: limits,
    toolConfig: writeTools(request, options),
    additionalModelRequestFields: Object.keys(fields).length ? fields : undefined,
    additionalModelResponseFieldPaths: isClaude && request.stop.length ? [request.stream ? '/delta/stop_sequence' : '/stop_sequence'] : undefined,
    ...rest,
  });
}

const claude = /claude/, nova = /nova/;

/** Limits that all models share, and what only their makers know. */
function writeModel(request: ChatRequest, options: RequestOptions): { limits: JsonObject | undefined; fields: JsonObject } {
  const { model, topK, maxOutputTokens, temperature, topP, stop } = request, effort = effortOf(request);
  const thinking = claude.test(model) ? writeThinking(request, options) : undefined;
  const limits = wire({
    maxTokens: thinking?.maxTokens ?? maxOutputTokens, temperature: thinking?.on ? undefined : temperature, topP: thinking?.on ? undefined : topP,
    stopSequences: stop.length ? stop.slice(0, mostStops) : undefined,
  });
  return { limits: Object.keys(limits).length ? limits : undefined, fields: fieldsOf(model, { topK, effort, thinking }) };
}

interface Wishes { topK: number | undefined; effort: string | undefined; thinking: ReturnType<typeof writeThinking> | undefined }

function fieldsOf(model: string, { topK, effort, thinking }: Wishes): JsonObject {
  if (thinking) return wire({ thinking: thinking.thinking, output_config: thinking.effort === undefined ? undefined : { effort: thinking.effort }, top_k: thinking.on ? undefined : topK });
  if (nova.test(model)) {
    const thinks = effort !== undefined && effort !== 'none';
    return wire({ inferenceConfig: topK === undefined ? undefined : { topK }, reasoningConfig: thinks ? { type: 'enabled', maxReasoningEffort: novaEffort(effort) } : undefined });
  }
  if (model.includes('gpt-oss')) return wire({ reasoning_effort: effort === 'none' ? 'low' : effort });
  return wire({ top_k: topK });
}

function novaEffort(effort: string): string {
  if (effort === 'minimal' || effort === 'low') return 'low';
  return effort === 'medium' ? 'medium' : 'high';
}
