/** What a channel's rule of losses makes of a request that its provider cannot take whole (dialects 10). */
import type { ChatRequest, Tool } from '../../dialects/chat-event.ts';
import { text } from '../../dialects/json-member.ts';
import { cannot } from '../../dialects/request/losses.ts';
import type { Failure } from '../../failure/failure.ts';

export interface Eased { readonly request: ChatRequest; readonly loss: string }

/** The request without what was refused, where a lenient channel may drop it. Undefined: it stays refused. */
export function eased(request: ChatRequest, { code, details: { param = '' } }: Failure): Eased | undefined {
  if (code !== 'convert_request_failed') return undefined;
  if (param === 'n') { const { answers: _, ...rest } = request; return { request: rest, loss: 'dropped:n' }; }
  if (param === 'logprobs') { const { logprobs: _, ...rest } = request; return { request: rest, loss: 'dropped:logprobs' }; }
  if (param === 'tool_choice') return { request: { ...request, toolChoice: { kind: 'auto' } }, loss: 'approximated:tool_choice' };
  const index = Number(/^tools\[(\d+)\]$/.exec(param)?.[1] ?? -1), tool = request.tools[index];
  return tool && isHosted(tool) ? { request: { ...request, tools: request.tools.toSpliced(index, 1) }, loss: 'dropped:tools' } : undefined;
}

/** The client runs these itself: without them it gets another answer than it asked for. */
const ofClients = /^(?:computer|bash|text_editor|memory|local_shell|shell|apply_patch)/;
const isHosted = ({ webSearch, native, name }: Tool): boolean => webSearch !== undefined || (native !== undefined && !ofClients.test(text(native['type']) ?? name) && !('computerUse' in native));

/** Where members of requests are lost, by the word of the loss. */
const members: Readonly<Record<string, string>> = {
  system_inlined: 'messages', custom_tool_wrapped: 'tools', thinking_disabled: 'reasoning', arguments_unparsable: 'messages',
  json_object_instruction: 'response_format', json_schema_instruction: 'response_format', json_schema_emulated: 'response_format',
};

/** The refusal of a strict channel. */
export const refusedLoss = (loss: string): Failure =>
  cannot(members[loss] ?? loss.replace(/^\w+:/, ''), 'would be lost on its way to the provider of this model, and this channel allows no loss');
