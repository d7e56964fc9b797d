import type { Channel } from './snapshot.ts';
import { type MapDraft, PersistentMap } from './persistent-map.ts';

const none: readonly never[] = Object.freeze([]);
const byPriority = (one: Channel, other: Channel): number => other.priority - one.priority || one.id - other.id;

/** Which channels serve what. Answers are worked out when first asked and kept until a channel changes. */
export class Routes {
  private readonly byModel: PersistentMap<string, readonly Channel[]>;
  private readonly channels = new Map<string, Map<string, readonly Channel[]>>();
  private readonly models = new Map<string, readonly string[]>();

  constructor(byModel: PersistentMap<string, readonly Channel[]> = new PersistentMap()) {
    this.byModel = byModel;
  }

  channelsFor(group: string, model: string): readonly Channel[] {
    const serving = this.byModel.get(model);
    if (!serving) return none;
    const known = this.channels.get(model) ?? new Map<string, readonly Channel[]>();
    this.channels.set(model, known);
    const answer = known.get(group) ?? Object.freeze(serving.filter((channel) => channel.groups.includes(group)).toSorted(byPriority));
    if (answer.length === 0) return none;                // not kept: group names come from tokens, and these may be many
    known.set(group, answer);
    return answer;
  }

  modelsOf(group: string): readonly string[] {
    const known = this.models.get(group);
    if (known) return known;
    const found = new Set<string>();
    for (const serving of this.byModel.values()) {
      for (const channel of serving) if (channel.groups.includes(group)) channel.models.forEach((model) => found.add(model));
    }
    if (found.size === 0) return none;
    const answer = Object.freeze([...found].toSorted());
    this.models.set(group, answer);
    return answer;
  }

  edit(): RoutesDraft {
    return new RoutesDraft(this, this.byModel.edit());
  }
}

/** The next routes in the making. */
export class RoutesDraft {
  private readonly before: Routes;
  private readonly byModel: MapDraft<string, readonly Channel[]>;
  private changed = false;

  constructor(before: Routes, byModel: MapDraft<string, readonly Channel[]>) {
    this.before = before;
    this.byModel = byModel;
  }

  add(channel: Channel): void {
    if (channel.status !== 'ENABLED') return;
    this.changed = true;
    for (const model of channel.models) this.byModel.set(model, [...(this.byModel.get(model) ?? []), channel]);
  }

  remove(channel: Channel): void {
    if (channel.status !== 'ENABLED') return;
    this.changed = true;
    for (const model of channel.models) {
      const others = (this.byModel.get(model) ?? []).filter((one) => one.id !== channel.id);
      if (others.length) this.byModel.set(model, others);
      else this.byModel.delete(model);
    }
  }

  /** The same object as before when no channel changed, with all that it has worked out. */
  finish(): Routes {
    return this.changed ? new Routes(this.byModel.finish()) : this.before;
  }
}
