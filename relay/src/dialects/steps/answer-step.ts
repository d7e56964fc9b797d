import type { ChatEvent } from '../chat-event.ts';

/** Something that happens to the events of one answer between its reader and its writer. */
export interface AnswerStep { push(event: ChatEvent): ChatEvent[] }

export const throughSteps = (events: readonly ChatEvent[], steps: readonly AnswerStep[]): readonly ChatEvent[] =>
  steps.reduce<readonly ChatEvent[]>((flow, step) => flow.flatMap((event) => step.push(event)), events);
