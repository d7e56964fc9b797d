/** Calls of an answer: of functions, of tools that take free text, and in the form that was there before tools (dialects 6.7). */
import type { JsonObject, Part } from '../chat-event.ts';
import { CustomInput } from '../request/custom-input.ts';
import type { WriterOptions } from '../dialect.ts';
import { signatureMember } from './call-signature.ts';

type Call = Part & { kind: 'tool-call' };

/** One call while its arguments arrive; each piece is a delta. */
export class CallWriter {
  private readonly call: Call;
  /** Counts tools only. */
  private readonly index: number;
  private readonly custom: CustomInput | undefined;
  private readonly old: boolean;
  private said = false;

  constructor(call: Call, index: number, { customTools, oldFunctions }: WriterOptions) {
    this.call = call;
    this.index = index;
    this.custom = customTools?.has(call.name) ? new CustomInput() : undefined;
    this.old = oldFunctions === true;
  }

  begin(): JsonObject {
    const { id, name, signature } = this.call;
    if (this.old) return { function_call: { name, arguments: '' } };
    const { index } = this;
    if (this.custom) return { tool_calls: [{ index, id, type: 'custom', custom: { name, input: '' } }] };
    return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' }, ...signatureMember(signature) }] };
  }

  say(piece: string): JsonObject[] {
    this.said = true;
    return this.custom ? this.tell(this.custom.push(piece)) : [this.grow(piece)];
  }

  /** No arguments are an empty object. */
  end(): JsonObject[] {
    if (this.custom) return this.tell(this.custom.end().rest);
    return this.said ? [] : [this.grow('{}')];
  }

  private tell(input: string): JsonObject[] { return input === '' ? [] : [{ tool_calls: [{ index: this.index, custom: { input } }] }]; }

  private grow(piece: string): JsonObject {
    return this.old ? { function_call: { arguments: piece } } : { tool_calls: [{ index: this.index, function: { arguments: piece } }] };
  }
}

/** Members of a whole message. The old form has one call. */
export function callMembers(calls: readonly Call[], { customTools, oldFunctions }: WriterOptions): JsonObject {
  const [first] = calls;
  if (!first) return {};
  const args = (call: Call): string => (call.arguments.trim() === '' ? '{}' : call.arguments);
  if (oldFunctions) return { function_call: { name: first.name, arguments: args(first) } };
  return { tool_calls: calls.map((call): JsonObject => {
    const { id, name, signature } = call;
    if (customTools?.has(name)) { const input = new CustomInput(); input.push(call.arguments); return { id, type: 'custom', custom: { name, input: input.end().input } }; }
    return { id, type: 'function', function: { name, arguments: args(call) }, ...signatureMember(signature) };
  }) };
}
