/** One request's story, told from its row in the log and its entries in the ledger. */
export interface StoredRequest {
  requestId: string; at: Date; dialect: string | null; path: string | null; model: string; upstreamModel: string | null; status: number | null;
  failure: string | null; durationMs: number; firstByteMs: number | null; stream: boolean; tokenId: number; tokenName: string; groupName: string;
  ip: string | null; channelId: number | null; quota: string; detail: Detail | null;
}
interface Detail {
  tokens: Record<string, number>;
  price: { modelRatio: number; groupRatio: number; version: number; lines: { name: string; tokens: number; ratio: number }[] } | null;
  attempts: { channelId: number; status: number; failure: string | null; durationMs: number }[];
  source: string; end: string; outcome: string; hold: string; platformLoss: string; clientRequestId: string | null; snapshotVersion: number;
}
export interface StoredEntry { kind: string; account: string; amount: string }

const grouped = (value: number | string): string => Number(value).toLocaleString('en-US');
const ratio = (millionths: number): string => `×${millionths / 1_000_000}`;
const row = (name: string, text: string): string => `  ${name.padEnd(12)} ${text}`;

function attempts({ detail }: StoredRequest): string[] {
  return (detail?.attempts ?? []).map(({ channelId, status, failure, durationMs }) =>
    row(`attempt`, `channel ${channelId}  ${grouped(durationMs)} ms  ${status || 'no answer'}  ${failure ?? 'delivered'}`));
}

function price({ detail }: StoredRequest): string[] {
  if (!detail?.price) return [];
  const { modelRatio, groupRatio, lines, version } = detail.price;
  const terms = lines.map((line) => `${line.name} ${grouped(line.tokens)} ${ratio(line.ratio)}`).join(' + ');
  return [row('price', `(${terms || 'nothing'}) model ${ratio(modelRatio)} group ${ratio(groupRatio)}  (price version ${version})`)];
}

export function story(request: StoredRequest, entries: readonly StoredEntry[]): string {
  const { detail } = request;
  const mapped = request.upstreamModel && request.upstreamModel !== request.model ? ` → ${request.upstreamModel}` : '';
  const counted = Object.entries(detail?.tokens ?? {}).filter(([, count]) => count > 0).map(([name, count]) => `${name} ${grouped(count)}`).join('  ');
  return [
    `${request.requestId}   ${request.dialect ?? '?'} ${request.stream ? 'stream' : 'JSON'}   ${request.model}${mapped}   ${request.status ?? '-'}   ${grouped(request.durationMs)} ms   snapshot ${detail?.snapshotVersion ?? '?'}`,
    row('received', `${request.at.toISOString()}  ${request.path ?? ''}  from ${request.ip ?? '?'}${detail?.clientRequestId ? `  (client says ${detail.clientRequestId})` : ''}`),
    row('caller', `token ${request.tokenId} ${request.tokenName}  group ${request.groupName}`),
    ...attempts(request),
    row('answer', `${request.failure ?? detail?.end ?? 'ended'}  first byte ${request.firstByteMs === null ? 'never' : `${grouped(request.firstByteMs)} ms`}`),
    ...(counted ? [row('tokens', `${counted}  (${detail?.source ?? ''})`)] : []),
    ...price(request),
    row('charge', `${grouped(request.quota)}  of a hold of ${grouped(detail?.hold ?? 0)}  (${detail?.outcome ?? ''}${detail && detail.platformLoss !== '0' ? `, platform loss ${grouped(detail.platformLoss)}` : ''})`),
    ...entries.map((entry) => row('ledger', `${entry.kind}  ${entry.account}  ${Number(entry.amount) > 0 ? '+' : ''}${grouped(entry.amount)}`)),
  ].join('\n');
}
