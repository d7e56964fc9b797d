/**
 * Signatures go back to the part that they came on. Where they were lost, or another model spoke, the first call of each step of the
 * present turn gets the value by which the provider lets it pass (providers 4.5): https://ai.google.dev/gemini-api/docs/thought-signatures
 */
import type { ChatRequest, JsonObject, Part } from '../chat-event.ts';
import { type Signature, unseal } from '../memory/sealed-signature.ts';
import type { Turn } from '../request/turns.ts';
import { thoughtPart } from './answer-parts.ts';
import { modelRow } from './model-rows.ts';

const skip = 'skip_thought_signature_validator';

export class Signatures {
  private readonly model: string;
  private readonly turns: readonly Turn[];
  /** The turn in which the user spoke last: what follows is the present turn. */
  private readonly spoke: number;
  private readonly stands: boolean;

  /** @param stands whether the value that stands for a lost one is sent */
  constructor({ model }: ChatRequest, turns: readonly Turn[], stands: boolean) {
    this.stands = stands;
    this.model = model;
    this.turns = turns;
    this.spoke = turns.findLastIndex((turn) => turn.role === 'user' && turn.parts.some(({ part }) => part.kind !== 'tool-result'));
  }

  of(index: number): TurnSignatures {
    const parts = this.turns[index]?.parts ?? [];
    return new TurnSignatures(parts.map(({ part }) => part), this.model, this.stands && modelRow(this.model).signedCalls && index > this.spoke);
  }
}

class TurnSignatures {
  private readonly parts: readonly Part[];
  private readonly model: string;
  private readonly present: boolean;

  constructor(parts: readonly Part[], model: string, present: boolean) {
    this.parts = parts;
    this.model = model;
    this.present = present;
  }

  /** Its own one, one that a client carried in the thoughts before it, or the value that stands for it. */
  call(place: number): string | undefined {
    const own = this.parts[place];
    const carried = own?.kind === 'tool-call' ? this.native(own.signature) : undefined;
    if (carried) return carried.value;
    const before = this.parts[place - 1];
    const thought = before?.kind === 'reasoning' ? this.native(before.signature) : undefined;
    if (thought?.kind === 'call') return thought.value;
    const isFirst = !this.parts.slice(0, place).some((part) => part.kind === 'tool-call');
    return this.present && isFirst ? skip : undefined;
  }

  /** Thoughts with a signature of this house, on the part where it stood. */
  thought(place: number, written: JsonObject[]): void {
    const part = this.parts[place];
    const signature = part?.kind === 'reasoning' ? this.native(part.signature) : undefined;
    if (part?.kind !== 'reasoning' || !signature || signature.kind === 'call') return;
    const before = written.at(-1);
    if (signature.kind === 'said' && before?.['text'] !== undefined) before['thoughtSignature'] = signature.value;
    else if (signature.kind === 'trail' || signature.kind === 'said') written.push({ text: '', thoughtSignature: signature.value });
    else written.push(thoughtPart(part.text, signature.value));
  }

  private native(carried: string | undefined): Signature | undefined {
    const signature = carried === undefined ? undefined : unseal(carried);
    if (signature?.family !== 'google') return undefined;
    return signature.model === '' || familyOf(signature.model) === familyOf(this.model) ? signature : undefined;
  }
}

/** Models of one generation read each other's signatures: `gemini-3-pro-preview` and `gemini-3-flash`, not `gemini-2.5-pro`. */
const familyOf = (model: string): string => /gemini-(\d+(?:\.\d+)?)/.exec(model)?.[1]?.replace(/^([3-9])\..*$/, '$1') ?? '';
