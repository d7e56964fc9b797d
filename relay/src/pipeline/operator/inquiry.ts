/** Asks an account at a provider for its operator: its models, or its balance. Nothing of it is stored or charged here. */
import { parseJson } from '../../dialects/json-member.ts';
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import { cleaned } from '../../dialects/upstream-refusal.ts';
import { Failure } from '../../failure/failure.ts';
import type { ProviderInquiry, ProviderInquiryResult } from '../../gql/types.gen.ts';
import type { Inquirer } from '../../link/link.ts';
import type { Ask } from '../../providers/asking/ask.ts';
import { readCredential } from '../../providers/parts/credential-form.ts';
import { providerAt } from '../../providers/provider-list.ts';
import type { Call, Provider } from '../../providers/provider.ts';
import { addressAt, baseOf } from '../../providers/parts/upstream-address.ts';
import { upstreamHeaders } from '../../providers/parts/upstream-headers.ts';
import { readExtra } from '../../snapshot/channel-extra.ts';
import type { SecretBox } from '../../snapshot/secret-box.ts';
import { Signal } from '../../upstream/signal.ts';
import { collect, readRefusal } from '../attempt/refusal-body.ts';
import type { Relay } from '../relay.ts';

/** Nobody waits longer. */
const patienceMs = 30_000;
/** The longest list of models known has less than a tenth of it. */
const mostBytes = 16 << 20;

type Answer = Omit<ProviderInquiryResult, 'nonce'>;
type Found = Pick<Answer, 'models' | 'balance'>;
/** Another failure than those of traffic: the provider has nothing of the kind. */
const notOffered: Answer = { ok: false, durationMs: 0, failure: 'not_offered', detail: 'This provider does not tell that.', models: [] };

export const inquirer = (relay: Relay, box: SecretBox): Inquirer => async (inquiry) => {
  const provider = providerAt({ type: inquiry.type, baseUrl: inquiry.baseUrl, extra: readExtra(inquiry.extra) });
  const answers = inquiry.question === 'MODELS' ? provider?.listModels : provider?.balance;
  if (!provider || !answers) return notOffered;
  const begunAt = relay.clock.monotonic(), signal = new Signal();
  const timer = setTimeout(() => signal.abort(), patienceMs);
  const found = await answered(inquiry, provider, { relay, box, signal });
  clearTimeout(timer);
  const durationMs = Math.round(relay.clock.monotonic() - begunAt);
  if (!(found instanceof Failure)) return { ok: true, durationMs, ...found };
  const failure = signal.aborted ? new Failure('upstream_timeout_first_byte') : found;
  return { ok: false, durationMs, status: failure.status, failure: failure.code, detail: cleaned(failure.details.note ?? failure.say), models: [] };
};

interface Means { relay: Relay; box: SecretBox; signal: Signal }

async function answered(inquiry: ProviderInquiry, provider: Provider, means: Means): Promise<Found | Failure> {
  const secret = means.box.open(inquiry.envelope, { table: 'provider_inquiry', row: inquiry.nonce, column: 'secret' });
  const credential = secret === undefined ? undefined : readCredential(provider, secret);
  if (!credential) return new Failure('channel:invalid_key', { note: `the credential does not fit ${provider.name}` });
  const call: Call = { dialect: provider.speaks[0] ?? openaiChat, model: '', stream: false, credential, extra: readExtra(inquiry.extra), base: baseOf(provider, inquiry.baseUrl) };
  const proxy = inquiry.proxyEnvelope ? means.box.open(inquiry.proxyEnvelope, { table: 'provider_inquiry', row: inquiry.nonce, column: 'proxy' }) : undefined;
  const ask = askOf(provider, call, { ...means, proxy });
  if (inquiry.question === 'MODELS') {
    const models = await provider.listModels?.(ask) ?? [];
    return models instanceof Failure ? models : { models: [...models] };
  }
  const balance = await provider.balance?.(ask);
  return balance instanceof Failure ? balance : { models: [], ...(balance ? { balance } : {}) };
}

function askOf(provider: Provider, call: Call, { relay, signal, proxy }: Means & { proxy: string | undefined }): Ask {
  const { dialect, credential, extra, base } = call;
  return {
    credential, extra, base, now: relay.clock.now(),
    async get(path, headers) {
      const address = addressAt(base, path);
      if (address instanceof Failure) return address;
      const usual = headers ?? upstreamHeaders(provider, call);
      if (usual instanceof Failure) return usual;
      const { origin, pathname, search } = address;
      const answer = await relay.upstream.open({ method: 'GET', origin, path: pathname + search, headers: usual.flat(), body: undefined, timeouts: relay.timeouts, proxy }, signal);
      if (answer instanceof Failure) return answer;
      if (answer.status < 200 || answer.status > 299) return readRefusal(answer, { dialect, provider, passThrough: false }, signal);
      const body = await collect(answer, signal, mostBytes);
      return parseJson(body.toString('utf8')) ?? new Failure('bad_response_body', { note: 'not JSON' });
    },
  };
}
