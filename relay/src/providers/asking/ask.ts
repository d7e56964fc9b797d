/** What an operator may ask an account at a provider: which models it has, and what is left of its money (providers 9). */
import type { Json } from '../../dialects/chat-event.ts';
import type { Failure } from '../../failure/failure.ts';
import type { ChannelExtra, Credential, Header } from '../provider.ts';

/** One account, asked over its own address with its own credential. */
export interface Ask {
  readonly credential: Credential;
  readonly extra: ChannelExtra;
  /** Where the account is. */
  readonly base: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * The JSON of a GET.
   *
   * @param path below the base, with its query; or an address of its own
   * @param headers instead of the usual credential
   */
  get(path: string, headers?: readonly Header[]): Promise<Json | Failure>;
}

/** What is left of the money, as the provider counts it. */
export interface Balance {
  /** Decimal text. */
  readonly amount: string;
  /** ISO 4217, or a word of the provider for what is no money. */
  readonly currency: string;
}

/** The names of the models, as the provider orders them. */
export type ListModels = (ask: Ask) => Promise<readonly string[] | Failure>;
export type ReadBalance = (ask: Ask) => Promise<Balance | Failure>;
