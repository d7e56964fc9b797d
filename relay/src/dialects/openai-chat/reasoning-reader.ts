import type { ChatRequest, Json, JsonObject } from '../chat-event.ts';
import { member, text } from '../json-member.ts';
import type { Reading } from '../request/reading.ts';

type Reasoning = ChatRequest['reasoning'];

/** How OpenAI asks for it, and how several relatives of the dialect do (dialects 5.1). The first one that is there counts. */
export function readReasoning(wire: JsonObject, reading: Reading): Reasoning {
  const effort = reading.text(wire['reasoning_effort'], 'reasoning_effort');
  if (effort !== undefined) return ofEffort(effort);
  return ofThinking(wire['thinking'], reading) ?? ofObject(wire['reasoning'], reading) ?? ofSwitch(wire, reading);
}

const ofEffort = (effort: string): Reasoning => (effort === 'none' ? { mode: 'off' } : { mode: 'on', effort });

function ofThinking(wire: Json | undefined, reading: Reading): Reasoning {
  const type = text(member(wire, 'type'));
  const budgetTokens = reading.number(member(wire, 'budget_tokens'), 'thinking.budget_tokens');
  if (type === 'disabled') return { mode: 'off' };
  return type === undefined ? undefined : { mode: type === 'enabled' ? 'on' : 'auto', budgetTokens };
}

function ofObject(wire: Json | undefined, reading: Reading): Reasoning {
  const effort = text(member(wire, 'effort')), enabled = member(wire, 'enabled');
  const budgetTokens = reading.number(member(wire, 'max_tokens'), 'reasoning.max_tokens');
  const hidden = member(wire, 'exclude') === true ? { hidden: true } : {};
  if (enabled === false || effort === 'none') return { mode: 'off' };
  if (effort !== undefined) return { mode: 'on', effort, ...hidden };
  return budgetTokens !== undefined || enabled === true ? { mode: 'on', budgetTokens, ...hidden } : undefined;
}

function ofSwitch(wire: JsonObject, reading: Reading): Reasoning {
  const on = wire['enable_thinking'] ?? member(wire['chat_template_kwargs'], 'enable_thinking');
  const budgetTokens = reading.number(wire['thinking_budget'], 'thinking_budget');
  if (on === false) return { mode: 'off' };
  return on === true || budgetTokens !== undefined ? { mode: 'on', budgetTokens } : undefined;
}
