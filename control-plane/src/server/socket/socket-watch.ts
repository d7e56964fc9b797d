/** Ends the sockets of callers who signed out, were disabled or changed role, at most two seconds later (SES-02). */
import type { Logger } from 'pino';
import type { Principal } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/running/events.ts';
import type { Worker } from '../../kernel/running/worker.ts';

const everyMs = 1_500;
const socketsPerUser = 5;
const unauthenticated = 4401, tooMany = 4429;

/** Those of `principals` whose credential still holds, with the same role. */
export type StillValid = (principals: readonly Principal[]) => Promise<ReadonlySet<Principal>>;

type End = (code: number, reason: string) => void;

export class SocketWatch implements Worker {
  private readonly open = new Map<Principal, End>();
  private timer: NodeJS.Timeout | undefined;
  private events: AsyncIterator<unknown> | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly stillValid: StillValid, private readonly pubSub: Events, private readonly log: Logger) {}

  /** False when this user has as many sockets as are allowed. */
  add(principal: Principal, end: End, most = socketsPerUser): boolean {
    const own = [...this.open.keys()].filter((other) => other.userId === principal.userId && other.keyId === principal.keyId).length;
    if (own >= most) {
      end(tooMany, 'Too many connections');
      return false;
    }
    this.open.set(principal, end);
    return true;
  }

  remove(principal: Principal | undefined): void {
    if (principal) this.open.delete(principal);
  }

  start(): void {
    this.timer = setInterval(() => { void this.look(); }, everyMs);
    this.events = this.pubSub.subscribe(callersChanged)[Symbol.asyncIterator]();
    void this.listen(this.events);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.events?.return?.();
    await this.running;
    for (const end of this.open.values()) end(1001, 'Going away');
  }

  private async listen(events: AsyncIterator<unknown>): Promise<void> {
    for (let next = await events.next(); !next.done; next = await events.next()) await this.look();
  }

  /** One query for all sockets; a second look never runs beside the first. */
  private async look(): Promise<void> {
    if (this.running) await this.running;
    if (this.open.size === 0) return;
    this.running = this.endInvalid().catch((error: unknown) => this.log.warn({ err: error }, 'sockets: could not check the callers'));
    await this.running;
    this.running = undefined;
  }

  private async endInvalid(): Promise<void> {
    const asked = [...this.open.keys()];
    const valid = await this.stillValid(asked);
    for (const principal of asked) {
      if (valid.has(principal)) continue;
      this.open.get(principal)?.(unauthenticated, 'Signed out');
      this.open.delete(principal);
    }
  }
}
