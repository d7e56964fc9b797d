/**
 * A JSON body in the making: members are changed on the parsed value, and written back into the bytes by the place of each top-level
 * member. What was not touched keeps its spelling (dialects 3).
 */
import type { Json, JsonObject } from '../../framing/json.ts';
import { JsonCursor, type Span } from '../../framing/json-cursor.ts';
import { splice, type Edit } from '../../framing/splice.ts';
import { isObject, parseJson } from '../../dialects/json-member.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';

interface Member { readonly name: string; readonly key: Span; readonly value: Span }

export class BodyDraft {
  readonly root: JsonObject;
  private readonly source: Buffer;
  private readonly touched = new Set<string>();

  private constructor(source: Buffer, root: JsonObject) {
    this.source = source;
    this.root = root;
  }

  /** Undefined: it is no JSON object (a multipart body, for example), and rules for members do not apply. */
  static of(source: Buffer): BodyDraft | undefined {
    const root = parseLossless(source.toString('utf8'));
    return isObject(root) ? new BodyDraft(source, root) : undefined;
  }

  /** Says that something inside this top-level member is about to change. */
  touch(name: string): void { this.touched.add(name); }

  get(name: string): Json | undefined { return Object.hasOwn(this.root, name) ? this.root[name] : undefined; }

  set(name: string, value: Json): void {
    this.touch(name);
    this.root[name] = value;
  }

  delete(name: string): void {
    if (!Object.hasOwn(this.root, name)) return;
    this.touch(name);
    delete this.root[name];
  }

  /** The source itself when nothing was touched. */
  bytes(): Buffer {
    if (this.touched.size === 0) return this.source;
    const members = membersOf(this.source);
    const edits: Edit[] = [];
    const kept = members.filter((member) => !this.touched.has(member.name) || Object.hasOwn(this.root, member.name));
    if (kept.length < members.length) edits.push(...removals(members, (member) => !kept.includes(member)));
    const added: string[] = [];
    for (const name of this.touched) {
      if (!Object.hasOwn(this.root, name)) continue;
      const text = JSON.stringify(this.root[name]), own = members.filter((member) => member.name === name);
      if (own.length === 0) added.push(`${JSON.stringify(name)}:${text}`);
      for (const { value } of own) edits.push({ ...value, text });
    }
    const inside = this.source.indexOf('{') + 1;
    // In front: where the first member goes, too, what is added stands before the hole.
    if (added.length > 0) edits.unshift({ start: inside, end: inside, text: added.join(',') + (kept.length > 0 ? ',' : '') });
    return splice(this.source, edits);
  }
}

function membersOf(source: Buffer): Member[] {
  const cursor = new JsonCursor(source), members: Member[] = [];
  cursor.space();
  cursor.object(1, (key, value) => {
    const name = parseJson(source.toString('utf8', key.start, key.end));
    members.push({ name: typeof name === 'string' ? name : '', key, value });
  });
  return members;
}

/** Each member that goes takes the comma behind it along; those behind the last that stays, the one before them. */
function removals(members: readonly Member[], goes: (member: Member) => boolean): Edit[] {
  const lastKept = members.findLastIndex((member) => !goes(member));
  return members.flatMap((member, index): Edit[] => {
    if (!goes(member)) return [];
    if (index < lastKept) return [{ start: member.key.start, end: members[index + 1]!.key.start, text: '' }];
    return [{ start: index > 0 ? members[index - 1]!.value.end : member.key.start, end: member.value.end, text: '' }];
  });
}
