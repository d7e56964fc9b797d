/** kernel/events.ts over Redis. */
import { createPubSub } from '@graphql-yoga/subscription';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Events } from '../kernel/running/events.ts';

type Listener = Parameters<EventTarget['addEventListener']>[1] | null;

/** An event target whose events reach the listeners of every instance; only this instance's while Redis is away. */
class RedisEvents implements EventTarget {
  private readonly listeners = new Map<string, Set<NonNullable<Listener>>>();

  constructor(private readonly publisher: Redis, private readonly subscriber: Redis, private readonly prefix: string, private readonly log: Logger) {
    subscriber.on('message', (channel: string, text: string) => this.receive(channel, text));
  }

  addEventListener(type: string, listener: Listener): void {
    if (!listener) return;
    const present = this.listeners.get(type);
    if (present) { present.add(listener); return; }
    this.listeners.set(type, new Set([listener]));
    this.subscriber.subscribe(this.prefix + type).catch((error: unknown) => this.log.warn({ err: error, type }, 'events: subscribing failed'));
  }

  removeEventListener(type: string, listener: Listener): void {
    const present = this.listeners.get(type);
    if (listener) present?.delete(listener);
    if (!present || present.size > 0) return;
    this.listeners.delete(type);
    this.subscriber.unsubscribe(this.prefix + type).catch((error: unknown) => this.log.warn({ err: error, type }, 'events: unsubscribing failed'));
  }

  dispatchEvent(event: CustomEvent): boolean {
    this.publisher.publish(this.prefix + event.type, JSON.stringify(event.detail ?? null)).catch((error: unknown) => {
      this.log.warn({ err: error, type: event.type }, 'events: Redis is away, telling this instance only');
      this.tell(event.type, event.detail);
    });
    return true;
  }

  private receive(channel: string, text: string): void {
    if (!channel.startsWith(this.prefix)) return;
    try {
      this.tell(channel.slice(this.prefix.length), JSON.parse(text));
    } catch (error) {
      this.log.warn({ err: error, channel }, 'events: a message that is not JSON was dropped');
    }
  }

  private tell(type: string, detail: unknown): void {
    for (const listener of this.listeners.get(type) ?? []) {
      try {
        const event = new CustomEvent(type, { detail });
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      } catch (error) {
        this.log.warn({ err: error, type }, 'events: a listener that is too slow lost an event');
      }
    }
  }
}

/** `prefix` keeps instances that share a Redis, but no database, apart. Both connections stay the caller's to close. */
export function redisEvents(publisher: Redis, subscriber: Redis, prefix: string, log: Logger): Events {
  return createPubSub<Record<string, [unknown]>>({ eventTarget: new RedisEvents(publisher, subscriber, prefix, log) });
}
