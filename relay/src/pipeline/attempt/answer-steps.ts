/** What a converted answer goes through, for its request, its channel and its client, in this order. */
import type { AnswerStep } from '../../dialects/steps/answer-step.ts';
import { ThinkingInContentStep } from '../../dialects/steps/thinking-in-content-step.ts';
import { type ThoughtMemory, ThoughtStep } from '../../dialects/memory/thought-memory.ts';
import type { ConvertedRequest } from '../../providers/parts/request-conversion.ts';
import { rulesOf } from '../../routing/rules/channel-rules.ts';
import type { Target } from './upstream-call.ts';

interface Way { readonly conversion: ConvertedRequest; readonly target: Target; readonly client: string; readonly owner: number; readonly thoughts: ThoughtMemory }

export function stepsOf({ conversion, target: { channel }, client, owner, thoughts }: Way): (() => AnswerStep)[] {
  return [
    ...conversion.steps,
    () => new ThoughtStep(thoughts, owner),
    ...(client === 'openai-chat' && rulesOf(channel)?.thinkingToContent ? [() => new ThinkingInContentStep()] : []),
  ];
}
