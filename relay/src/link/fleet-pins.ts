import type { PinStore } from '../routing/response-pins.ts';
import type { Wires } from './wires.ts';

/** Pins of answers in Redis. A command that fails is no news: the channel is then chosen as for any request. */
export class FleetPins implements PinStore {
  private readonly wires: Wires;

  constructor(wires: Wires) { this.wires = wires; }

  put(key: string, channelId: number, seconds: number): void {
    void this.wires.run((redis) => redis.set(`weir:pins:${key}`, String(channelId), 'EX', seconds));
  }

  async find(key: string): Promise<number | undefined> {
    const found = await this.wires.run((redis) => redis.get(`weir:pins:${key}`));
    return found && /^\d+$/.test(found) ? Number(found) : undefined;
  }
}
