import type { Redis } from 'ioredis';
import type { MessageSeal } from './message-seal.ts';
import type { RelayMessage } from './wire/lease.ts';

/** Speaks to single relays. A message may be lost: whoever waits for it asks again. */
export class RelayChannel {
  constructor(private readonly redis: Redis, private readonly seal: MessageSeal) {}

  /** @param message exactly one member is set. Rejects while Redis is away */
  async tell(relayId: string, message: RelayMessage): Promise<void> {
    const channel = `weir:relay:${relayId}`;
    await this.redis.publish(channel, this.seal.pack(channel, JSON.stringify(message)));
  }
}
