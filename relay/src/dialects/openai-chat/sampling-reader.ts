import type { ChatRequest, JsonObject } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import type { Reading } from '../request/reading.ts';

type Sampling = Pick<ChatRequest, 'answers' | 'seed' | 'presencePenalty' | 'frequencyPenalty' | 'logitBias' | 'minP' | 'repetitionPenalty' | 'logprobs' | 'modalities' | 'sound'>;

/** How the answer is drawn, how many there are, and what it is made of. */
export function readSampling(wire: JsonObject, reading: Reading): Sampling {
  const number = (name: string): number | undefined => reading.number(wire[name], name);
  const top = number('top_logprobs');
  const asksLogprobs = reading.flag(wire['logprobs'], 'logprobs') === true || (top ?? 0) > 0;
  const modalities = list(wire['modalities']).flatMap((each) => text(each) ?? []);
  const voice = text(member(wire['audio'], 'voice')), format = text(member(wire['audio'], 'format'));
  return {
    answers: number('n'), seed: number('seed'), presencePenalty: number('presence_penalty'), frequencyPenalty: number('frequency_penalty'),
    minP: number('min_p'), repetitionPenalty: number('repetition_penalty'),
    ...(isObject(wire['logit_bias']) ? { logitBias: wire['logit_bias'] } : {}),
    ...(asksLogprobs ? { logprobs: { top: top ?? 0 } } : {}),
    ...(modalities.length ? { modalities } : {}),
    ...(isObject(wire['audio']) ? { sound: { ...(voice ? { voice } : {}), ...(format ? { format } : {}) } } : {}),
  };
}
