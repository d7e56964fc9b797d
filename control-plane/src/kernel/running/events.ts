/** Events between instances. Nothing may depend on one arriving: whoever listens also looks by itself. */
export interface Events {
  /** Never fails and never waits; while Redis is away only this instance hears it. */
  publish(topic: string, payload: unknown): void;
  subscribe(topic: string): AsyncIterable<unknown>;
}

/** Topic: the system switched a channel or one of its credentials. The payload: channelId, channelName, position (null: the channel), status, reason. */
export const channelSwitched = 'channel-switched';

/** Topic: a session ended, or a user's password, role or status changed. The payload is the user's id. */
export const callersChanged = 'callers-changed';
