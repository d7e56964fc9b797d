/** How channels and credentials have done lately, as far as this relay saw it: what rests, and for how long (UPS-06, semantics 3.4). */
import type { Channel } from '../snapshot/snapshot.ts';
import { Breaker } from './breaker.ts';
import type { Chance } from './choose.ts';
import { Cooldown } from './cooldown.ts';
import type { Sign } from './fault.ts';

const none: ReadonlySet<number> = new Set();

export class ChannelHealth {
  readonly cooldown = new Cooldown();
  private readonly channels: Breaker;
  private readonly credentials: Breaker;

  constructor(chance: Chance) {
    this.channels = new Breaker(chance);
    this.credentials = new Breaker(chance);
  }

  /**
   * Which of these channels rest. Of those that failed at most half: a common cause must not take everything away, so the last one
   * always serves. All may rest that were asked to wait.
   */
  restingAmong(channels: readonly Channel[], now: number): ReadonlySet<number> {
    if (this.channels.isQuiet && this.credentials.isQuiet && this.cooldown.isQuiet) return none;
    const failed = channels.filter((channel) => this.channels.rests(channel.id, now) || this.hasNoCredential(channel, now));
    const out = failed.toSorted((one, other) => this.channels.restsUntil(other.id) - this.channels.restsUntil(one.id)).slice(0, Math.floor(channels.length / 2));
    const waiting = channels.filter((channel) => channel.credentials.length > 0 && channel.credentials.every(({ id }) => this.cooldown.isResting(id, now)));
    return new Set([...out, ...waiting].map(({ id }) => id));
  }

  isCredentialResting(id: number, now: number): boolean {
    return this.cooldown.isResting(id, now) || this.credentials.rests(id, now);
  }

  begun(channelId: number, credentialId: number, now: number): void {
    this.channels.begun(channelId, now);
    this.credentials.begun(credentialId, now);
  }

  /** @param credentialId 0: none was chosen */
  ended(channelId: number, credentialId: number, sign: Sign, now: number): void {
    if (credentialId === 0) return this.channels.released(channelId);
    switch (sign) {
      case 'fine': this.channels.succeeded(channelId, now); this.credentials.succeeded(credentialId, now); break;
      case 'credential': this.channels.released(channelId); this.credentials.failed(credentialId, now); break;
      case 'channel': this.channels.failed(channelId, now); this.credentials.released(credentialId); break;
      case 'nothing': this.channels.released(channelId); this.credentials.released(credentialId); break;
    }
  }

  private hasNoCredential({ credentials }: Channel, now: number): boolean {
    return credentials.length > 0 && credentials.every(({ id }) => this.credentials.rests(id, now));
  }
}
