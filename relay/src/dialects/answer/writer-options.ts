import type { ChatRequest } from '../chat-event.ts';
import type { WriterOptions } from '../dialect.ts';

/**
 * How the answer to this request is written for its client.
 *
 * @param createdAt Unix seconds
 */
export function writerOptions(request: ChatRequest, toolNames: ReadonlyMap<string, string>, requestId: string, createdAt: number): WriterOptions {
  const { model, streamUsage, dropSignatures, echo, answers, oldFunctions, tools } = request;
  const custom = tools.flatMap((tool) => (tool.custom ? [tool.name] : []));
  return {
    requestId, createdAt, toolNames, model, streamUsage, reasoning: visibility(request), dropSignatures, echo, answers, oldFunctions,
    webSearch: tools.some((tool) => tool.webSearch), ...(custom.length ? { customTools: new Set(custom) } : {}),
  };
}

/** Dialects 4.7: clients of the OpenAI dialects see what there is; those of anthropic-messages and gemini only what they asked for. */
function visibility({ rest, reasoning }: ChatRequest): WriterOptions['reasoning'] {
  if (rest['gemini'] !== undefined) return reasoning && reasoning.mode !== 'off' && !reasoning.hidden ? 'shown' : 'signed';
  if (rest['anthropic-messages'] === undefined) return 'shown';
  if (!reasoning || reasoning.mode === 'off') return 'hidden';
  return reasoning.hidden ? 'signed' : 'shown';
}
