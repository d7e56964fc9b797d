import { Failure } from '../failure/failure.ts';
import type { Channel, Snapshot } from '../snapshot/snapshot.ts';

/**
 * The channels that may serve the model for the group, highest priority first; never empty. A pinned channel is the only one,
 * whatever its groups and models (semantics 2.3). Failure: `model_not_found`, in the words that clients match on.
 */
export function candidates(model: string, group: string, pinned: Channel | undefined, snapshot: Snapshot): readonly Channel[] | Failure {
  if (pinned) return [pinned];
  const channels = snapshot.channelsFor(group, model);
  if (channels.length > 0) return channels;
  return new Failure('model_not_found', { say: `No available channel for model ${shown(model)} under group ${group} (distributor)` });
}

/** Names come from clients; a message is not the place for a long one. */
const shown = (model: string): string => (model.length > 128 ? `${model.slice(0, 128)}…` : model);
