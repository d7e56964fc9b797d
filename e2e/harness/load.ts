/** Clients that keep asking until they are told to stop, each request with a label that the mock and the log keep too. */
import { setTimeout as pause } from 'node:timers/promises';
import { until } from './until.ts';

export interface Outcome {
  label: string;
  stream: boolean;
  startedAt: number;
  endedAt: number;
  status: number | null;
  /** The whole answer arrived, with its proper end. */
  complete: boolean;
  chargeId: string | null;
  /** The failure's code, or how the connection broke. */
  why: string | null;
}

export interface LoadOptions {
  relayUrls: readonly string[];
  key: string;
  model: string;
  clients: number;
  /** Between two requests of one client. */
  pauseMs?: number;
  name: string;
}

async function askOnce(url: string, { key, model }: LoadOptions, outcome: Outcome): Promise<void> {
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST', signal: AbortSignal.timeout(20_000),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-request-id': outcome.label },
    body: JSON.stringify({ model, stream: outcome.stream, messages: [{ role: 'user', content: outcome.label }] }),
  });
  outcome.status = answer.status;
  outcome.chargeId = answer.headers.get('x-oneapi-request-id');
  const text = await answer.text();
  outcome.why = /"code":\s*"([^"]+)"/.exec(text)?.[1] ?? null;
  outcome.complete = answer.ok && outcome.why === null && (outcome.stream ? text.trimEnd().endsWith('data: [DONE]') : text.includes('"finish_reason"'));
}

export class Load {
  readonly outcomes: Outcome[] = [];
  readonly #options: LoadOptions;
  readonly #clients: Promise<void>[];
  #stopped = false;
  #next = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#clients = Array.from({ length: options.clients }, () => this.#keepAsking());
  }

  async #keepAsking(): Promise<void> {
    const { relayUrls, name, pauseMs = 5 } = this.#options;
    while (!this.#stopped) {
      const number = this.#next++;
      const outcome: Outcome = { label: `${name}-${number}`, stream: number % 2 === 1, startedAt: Date.now(), endedAt: 0, status: null, complete: false, chargeId: null, why: null };
      this.outcomes.push(outcome);
      await askOnce(relayUrls[number % relayUrls.length]!, this.#options, outcome).catch((error: unknown) => {
        outcome.why = error instanceof Error ? `${error.message} ${String((error.cause as Error | undefined)?.message ?? '')}` : String(error);
      });
      outcome.endedAt = Date.now();
      await pause(outcome.complete ? pauseMs : pauseMs + 50);
    }
  }

  /** How the requests since `from` ended, counted by reason: what a failed wait should say. */
  summary(from = 0): string {
    const counts = new Map<string, number>();
    for (const { complete, status, why } of this.outcomes.slice(from).filter((outcome) => outcome.endedAt > 0)) {
      const ending = complete ? 'whole' : `${status ?? ''} ${why ?? 'no proper end'}`.trim();
      counts.set(ending, (counts.get(ending) ?? 0) + 1);
    }
    return [...counts].map(([ending, count]) => `${count} × ${ending}`).join(', ');
  }

  /** Resolves when that many more have succeeded; throws how they ended instead. */
  async moreCompleted(count: number, withinMs: number): Promise<void> {
    const before = this.completed(), from = this.outcomes.length;
    await until(`${count} more whole answers`, withinMs, () => this.completed() >= before + count).catch((error: unknown) => {
      throw new Error(`${String(error)}; since then: ${this.summary(from)}`);
    });
  }

  completed(): number { return this.outcomes.filter((outcome) => outcome.complete).length; }

  /** Resolves when every request under way has ended. */
  async stop(): Promise<Outcome[]> {
    this.#stopped = true;
    await Promise.all(this.#clients);
    return this.outcomes;
  }
}
