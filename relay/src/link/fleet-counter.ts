/** Counts in Redis, for all relays together; by its clock, so that theirs need not agree. What is lost with Redis is counted anew. */
import type { Counted, Limit, LimitCounter } from '../routing/model-limit.ts';
import type { Wires } from './wires.ts';

/**
 * One hash for each user: `t<slot>` requests, `s<slot>` answered ones. Slots that left the window go. A request is counted before it is
 * made, so that requests at the same time cannot all pass.
 */
const script = `
local now = redis.call('TIME'); local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local width, slots = tonumber(ARGV[1]) / 30, 30
local slot, total, success, oldest = math.floor(ms / width), 0, 0, math.huge
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local number, count = tonumber(string.sub(all[i], 2)), tonumber(all[i + 1])
  if number <= slot - slots then redis.call('HDEL', KEYS[1], all[i])
  else
    if count > 0 and number < oldest then oldest = number end
    if string.sub(all[i], 1, 1) == 't' then total = total + count else success = success + count end
  end
end
local relays, wait = redis.call('HLEN', 'weir:relays'), math.floor((oldest + slots) * width - ms)
if tonumber(ARGV[2]) > 0 and total >= tonumber(ARGV[2]) then return {1, wait, relays} end
if tonumber(ARGV[3]) > 0 and success >= tonumber(ARGV[3]) then return {2, wait, relays} end
redis.call('HINCRBY', KEYS[1], 't' .. slot, 1); redis.call('HINCRBY', KEYS[1], 's' .. slot, 1)
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[1]))
return {0, slot, relays}`;

const keyOf = (userId: number): string => `weir:model-limit:${userId}`;

export class FleetCounter implements LimitCounter {
  /** How many relays there were when it was asked last. */
  relays = 1;
  private readonly wires: Wires;

  constructor(wires: Wires) { this.wires = wires; }

  async take(userId: number, { total, success, windowMs }: Limit): Promise<Counted | undefined> {
    const answer = await this.wires.run((redis) => redis.eval(script, 1, keyOf(userId), windowMs, total, success));
    if (!Array.isArray(answer)) return undefined;
    const [verdict, number, relays] = answer.map(Number) as [number, number, number];
    this.relays = Math.max(1, relays);
    return verdict === 0 ? { slot: number } : { full: verdict === 1 ? 'total' : 'success', waitMs: number };
  }

  takeBack(userId: number, slot: number): void {
    void this.wires.run((redis) => redis.hincrby(keyOf(userId), `s${slot}`, -1));
  }
}
