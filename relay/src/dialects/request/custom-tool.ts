/** A tool that takes free text, as a function with one argument: for models of houses that know no other (dialects 4.5). */
import type { JsonObject, Tool } from '../chat-event.ts';
import { member, text } from '../json-member.ts';

/** @param wire the tool as OpenAI's dialects describe it: `name`, `description`, and the grammar in `format` */
export function customTool(name: string, wire: JsonObject): Tool {
  const format = member(wire['format'], 'grammar') ?? wire['format'];
  const grammar = text(member(format, 'definition'));
  const form = grammar === undefined ? [] : [`The input must follow this ${text(member(format, 'syntax')) ?? ''} grammar:\n${grammar}`];
  const description = [text(wire['description']) ?? [], ...form].flat().join('\n\n');
  return {
    name, ...(description === '' ? {} : { description }), custom: wire,
    schema: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
  };
}

/** The same while the text arrives: pieces of JSON text that are its one argument together. */
export class CustomArguments {
  private begun = false;

  push(piece: string): string {
    if (piece === '') return '';
    const lead = this.begun ? '' : '{"input":"';
    this.begun = true;
    return lead + JSON.stringify(piece).slice(1, -1);
  }

  /** What closes it; a tool that was given nothing was given an empty text. */
  end(): string { return this.begun ? '"}' : '{"input":""}'; }
}

/** The free text of a call, as its one argument. */
export const customArguments = (input: string): string => JSON.stringify({ input });
