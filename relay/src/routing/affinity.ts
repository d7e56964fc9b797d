/**
 * Requests of one conversation meet the same channel again, so that what its provider remembers of the prompt is of use (semantics 3.8).
 * Each relay remembers by itself: what is kept is a hash, and only after an answer that ended well.
 */
import { hash } from 'node:crypto';
import { isObject } from '../dialects/json-member.ts';
import { valueOf } from '../framing/json-scan.ts';
import { type AffinityRule, affinityRules, type KeySource } from './affinity-rules.ts';
import { valueBy } from './rules/json-place.ts';

/** What the rules may look at. */
export interface Conversation {
  readonly body: Buffer;
  readonly model: string;
  readonly path: string;
  readonly group: string;
  readonly tokenId: number;
  readonly userId: number;
  readonly headers: ReadonlyMap<string, string>;
}

/** What ties a request to a channel. */
export interface Bond {
  /** Where the conversation was served last; undefined: nowhere yet. */
  readonly channelId: number | undefined;
  /** A failure there is not repeated elsewhere: what its provider remembers would be lost. */
  readonly skipRetry: boolean;
  /** The answer came whole. */
  keep(channelId: number): void;
  /** The channel cannot serve any more. */
  lose(): void;
}

interface Entry { readonly channelId: number; readonly until: number }

const longestValue = 2_048;

export class Affinity {
  /** In the order in which they were kept: the first is the oldest. */
  private readonly entries = new Map<string, Entry>();
  private readonly now: () => number;

  /** @param now milliseconds that only grow */
  constructor(now: () => number) { this.now = now; }

  /** @param setting of the snapshot; undefined when no rule speaks of such a request */
  bondOf(setting: string | null | undefined, conversation: Conversation): Bond | undefined {
    const rules = affinityRules(setting);
    if (!rules) return undefined;
    for (const rule of rules.rules) {
      const value = fits(rule, conversation) ? keyValue(rule, conversation) : undefined;
      if (value === undefined) continue;
      const key = keyOf(rule, value, conversation), entry = this.entryOf(key), seconds = rule.ttl_seconds || rules.seconds;
      return {
        channelId: entry?.channelId, skipRetry: rule.skip_retry_on_failure,
        keep: (channelId) => { if (!entry || rules.switchOnSuccess || entry.channelId === channelId) this.put(key, { channelId, until: this.now() + seconds * 1_000 }, rules.mostEntries); },
        lose: () => { if (!rules.keepDisabled) this.entries.delete(key); },
      };
    }
    return undefined;
  }

  private entryOf(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (!entry || entry.until > this.now()) return entry;
    this.entries.delete(key);
    return undefined;
  }

  private put(key: string, entry: Entry, most: number): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    for (const oldest of this.entries.keys()) { if (this.entries.size <= most) break; this.entries.delete(oldest); }
  }
}

const anyFits = (expressions: readonly RegExp[], text: string): boolean => expressions.length === 0 || expressions.some((one) => one.test(text));

function fits({ models, paths, user_agent_include: agents }: AffinityRule, { model, path, headers }: Conversation): boolean {
  if (!anyFits(models, model) || !anyFits(paths, path)) return false;
  return !agents?.length || agents.some((part) => (headers.get('user-agent') ?? '').toLowerCase().includes(part.toLowerCase()));
}

function keyValue({ sources, value: wanted }: AffinityRule, conversation: Conversation): string | undefined {
  for (const source of sources) {
    const value = sourceValue(source, conversation);
    if (value !== undefined && value !== '' && value.length <= longestValue && (!wanted || wanted.test(value))) return value;
  }
  return undefined;
}

function sourceValue(source: KeySource, { body, headers, ...known }: Conversation): string | undefined {
  switch (source.type) {
    case 'request_header': return headers.get(source.key.toLowerCase());
    case 'gjson': return bodyValue(source, body);
    default: return contextValue(source.key, known);
  }
}

const contextValue = (name: string, { tokenId, userId, group, model }: Omit<Conversation, 'body' | 'headers'>): string | undefined =>
  ({ token_id: String(tokenId), user_id: String(userId), id: String(userId), group, model })[name];

/** Only the one member is read. */
function bodyValue({ path, scan }: KeySource, body: Buffer): string | undefined {
  const found = scan(body), [first = '', ...rest] = path.split('.');
  const span = 'members' in found ? found.members.get(first) : undefined, member = span && valueOf(body, span);
  const value = rest.length === 0 ? member : isObject(member) ? valueBy(member, rest.join('.')) : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

function keyOf(rule: AffinityRule, value: string, { group, model }: Conversation): string {
  const parts = [rule.include_rule_name ? rule.name : '', rule.include_using_group ? group : '', rule.include_model_name ? model : '', value];
  return hash('sha256', JSON.stringify(parts), 'base64url');
}
