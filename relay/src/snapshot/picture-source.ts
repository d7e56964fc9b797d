import type { Wires } from '../link/wires.ts';

const headKey = 'weir:snapshot:head', resourcesKey = 'weir:snapshot:resources';

/** Where pictures come from: Redis as 0002 lays it out. Texts are as they lie there; nothing is trusted yet. */
export class PictureSource {
  static readonly channel = 'weir:snapshot';
  private readonly wires: Wires;

  constructor(wires: Wires) {
    this.wires = wires;
  }

  /** Undefined when Redis is away or holds none. */
  async head(): Promise<string | undefined> {
    return (await this.wires.run((redis) => redis.get(headKey))) ?? undefined;
  }

  /** Head and resources (key, body, key, body …) of one moment; undefined when Redis is away or holds none. */
  async whole(): Promise<{ head: string; resources: string[] } | undefined> {
    const replies = await this.wires.runLarge((redis) => redis.multi().get(headKey).call('HGETALL', resourcesKey).exec());
    const [head, resources] = (replies ?? []).map(([error, reply]) => (error ? undefined : reply));
    return typeof head === 'string' && isTexts(resources) ? { head, resources } : undefined;
  }
}

// `call` leaves the answer the flat list that it is: making an object of 100,000 members would stall the loop.
const isTexts = (reply: unknown): reply is string[] => Array.isArray(reply) && reply.every((part) => typeof part === 'string');
