/** The calls of one answer: whole ones, and such whose arguments are streamed (providers 4.5). */
import type { ChatEvent, Json } from '../chat-event.ts';
import { isObject } from '../json-member.ts';
import { missingCallId } from '../request/tool-call-id.ts';
import { ArgumentTree } from './argument-tree.ts';
import { given, givenList, givenText } from './given.ts';

/** What the parts of one choice share. */
export interface Numbers { next(): number; readonly choice: number | undefined }

export class CallReader {
  any = false;
  private growing: { index: number; tree: ArgumentTree } | undefined;
  private readonly numbers: Numbers;

  constructor(numbers: Numbers) { this.numbers = numbers; }

  /** @param answerId makes ids for calls that come without */
  read(wire: Json, signature: string | undefined, answerId: string): ChatEvent[] {
    const name = givenText(wire, 'name');
    const ended = name !== undefined || !this.continues(wire) ? this.end() : [];
    if (name === undefined) return this.continued(wire, ended);
    this.any = true;
    const index = this.numbers.next();
    const id = givenText(wire, 'id') || missingCallId(answerId, index);
    const begun: ChatEvent = { type: 'part-start', index, choice: this.numbers.choice, part: { kind: 'tool-call', id, name, arguments: '', signature } };
    if (this.continues(wire)) {
      this.growing = { index, tree: new ArgumentTree() };
      this.grow(wire);
      return [...ended, begun];
    }
    const args = given(wire, 'args');
    const text = isObject(args) ? JSON.stringify(args) : '{}';
    return [...ended, begun, { type: 'arguments-delta', index, text }, { type: 'part-end', index }];
  }

  /** A new name, another part, or the finish ends it, whether its terminator came or not. */
  end(): ChatEvent[] {
    const { growing } = this;
    this.growing = undefined;
    if (!growing) return [];
    return [{ type: 'arguments-delta', index: growing.index, text: growing.tree.text }, { type: 'part-end', index: growing.index }];
  }

  private continues(wire: Json): boolean {
    return given(wire, 'willContinue') === true || given(wire, 'partialArgs') !== undefined;
  }

  private continued(wire: Json, ended: ChatEvent[]): ChatEvent[] {
    this.grow(wire);
    return this.growing && given(wire, 'willContinue') !== true && given(wire, 'partialArgs') !== undefined ? [...ended, ...this.end()] : ended;
  }

  private grow(wire: Json): void {
    for (const piece of givenList(wire, 'partialArgs')) this.growing?.tree.add(piece);
  }
}
