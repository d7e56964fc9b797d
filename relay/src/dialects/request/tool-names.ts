/** Names that the upstream's dialect does not take are shortened for the length of one exchange (dialects 4.6). */
import { hash } from 'node:crypto';
import type { ChatRequest, Message, Part } from '../chat-event.ts';

const usual = /^[A-Za-z0-9_-]{1,64}$/;

export interface ToolNames {
  request: ChatRequest;
  /** The client's name for each name that was changed. */
  original: ReadonlyMap<string, string>;
}

/** @param legal what the upstream takes; a name that is changed begins with a letter or a line, as all of them want */
export function shortToolNames(request: ChatRequest, legal = usual): ToolNames {
  const original = new Map<string, string>();
  const short = (name: string): string => {
    if (legal.test(name)) return name;
    const changed = `${name.replace(/[^A-Za-z0-9_-]/g, '_').replace(/^[^A-Za-z_]/, '_').slice(0, 55)}_${hash('sha256', name).slice(0, 8)}`;
    original.set(changed, name);
    return changed;
  };
  const part = (each: Part): Part => (each.kind === 'tool-call' ? { ...each, name: short(each.name) } : each);
  const messages = request.messages.map((message): Message => ({ ...message, parts: message.parts.map(part) }));
  const tools = request.tools.map((tool) => (tool.native || tool.webSearch ? tool : { ...tool, name: short(tool.name) }));
  const { toolChoice } = request;
  const choice = toolChoice?.kind === 'named' ? { ...toolChoice, name: short(toolChoice.name) }
    : toolChoice?.kind === 'allowed' ? { ...toolChoice, names: toolChoice.names.map(short) } : toolChoice;
  return { original, request: { ...request, messages, tools, toolChoice: choice } };
}
