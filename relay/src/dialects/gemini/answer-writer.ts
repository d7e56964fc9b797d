import type { ChatEvent, JsonObject, TokenLogprob } from '../chat-event.ts';
import type { WriterOptions } from '../dialect.ts';
import { wire } from '../json-member.ts';
import { noTokens } from '../metering/usage.ts';
import { writeGrounding } from './grounding.ts';
import { writeLogprobs } from './logprobs.ts';
import { PartWriter } from './part-writer.ts';
import { writeUsage } from './usage-writer.ts';
import { finishMembers, headOf } from './writer.ts';

/** What was streamed in pieces is one part for each run of a kind. */
export function writeAnswer(events: readonly ChatEvent[], options: WriterOptions): JsonObject {
  const writer = new PartWriter(options.reasoning ?? 'shown');
  const choices = new Map<number, { parts: JsonObject[]; logprobs: TokenLogprob[] }>();
  const choiceOf = (choice: number) => {
    const known = choices.get(choice) ?? { parts: [], logprobs: [] };
    choices.set(choice, known);
    return known;
  };
  for (const { part, choice, logprobs = [] } of events.flatMap((event) => writer.write(event))) {
    const into = choiceOf(choice);
    join(into.parts, part);
    into.logprobs.push(...logprobs);
  }
  const start = events.find((event) => event.type === 'answer-start');
  const tokens = events.findLast((event) => event.type === 'usage-report')?.tokens ?? noTokens;
  const finishes = events.filter((event) => event.type === 'answer-finish');
  const candidates = finishes.map((finish) => {
    const index = finish.choice ?? 0, { parts, logprobs } = choiceOf(index);
    return wire({
      content: { role: 'model', parts }, ...finishMembers(finish, writer.refusals.get(index)), index, ...writeLogprobs(logprobs),
      groundingMetadata: writeGrounding(writer.texts.filter((text) => text.choice === index)),
    });
  });
  return { candidates, usageMetadata: writeUsage(tokens), ...headOf(start?.id ?? '', options) };
}

/** Neighbouring texts of a kind are one; a signature behind thoughts belongs to them. */
function join(parts: JsonObject[], part: JsonObject): void {
  const before = parts.at(-1);
  const said = before?.['text'], more = part['text'];
  const same = before && before['thought'] === part['thought'] && before['thoughtSignature'] === undefined;
  if (same && typeof said === 'string' && typeof more === 'string') parts[parts.length - 1] = { ...before, ...part, text: said + more };
  else parts.push(part);
}
