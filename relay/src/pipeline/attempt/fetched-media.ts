/** Media that a request names by address, for an upstream that takes only bytes (dialects 4.4). */
import type { ChatRequest, MediaSource, Part } from '../../dialects/chat-event.ts';
import { isDialect } from '../../dialects/dialect.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import { Failure } from '../../failure/failure.ts';
import { inWordsOf } from '../../providers/parts/request-conversion.ts';
import type { Media, MediaFetch, MediaKind } from '../../upstream/media-fetch.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { Received } from '../entry/received.ts';
import type { Target } from './upstream-call.ts';

/** Enough for a long conversation with pictures. */
const mostAddresses = 20;

interface Place { readonly address: string; readonly kind: MediaKind; readonly param: string }

const isWeb = (source: MediaSource): source is { url: string } => 'url' in source && /^https?:/i.test(source.url);

function placesIn(parts: readonly Part[], param: string): Place[] {
  return parts.flatMap((part, index): Place[] => {
    const here = `${param}.content[${index}]`;
    if (part.kind === 'tool-result') return placesIn(part.parts, here);
    return (part.kind === 'image' || part.kind === 'audio' || part.kind === 'file') && isWeb(part.source) ? [{ address: part.source.url, kind: part.kind, param: here }] : [];
  });
}

const needsBytes = ({ passThrough, dialect, able }: Target): boolean => !passThrough && (able.images === 'bytes' || dialect.name === 'gemini');

/**
 * Once for an exchange, whatever the number of its attempts. A request without such addresses costs a look for `http`.
 *
 * @returns a Failure that names the part which cannot be had: no other channel could have it
 */
export async function fetchMedia(request: Received, target: Target, userId: number, fetcher: MediaFetch, signal: Signal): Promise<Failure | undefined> {
  const { dialect, body, facts } = request;
  if (request.media || !needsBytes(target) || !isDialect(dialect) || !body.includes('http')) return undefined;
  const parsed = parseLossless(body.toString('utf8')), read = parsed === undefined ? undefined : dialect.readRequest(parsed, facts);
  if (!read || read instanceof Failure) return undefined;                    // what is wrong with it is said by the conversion
  const places = placesOf(read), failed = (param: string, say: string): Failure => inWordsOf(dialect, new Failure('invalid_request', { say, param }));
  if (places.length > mostAddresses) return failed(places[mostAddresses]!.param, `More than ${mostAddresses} addresses in one request cannot be fetched.`);
  const media = new Map<string, Media>();
  const wanted = new Map(places.map((place) => [place.address, place]));
  const fetched = await Promise.all([...wanted.values()].map(async (place) => ({ place, found: await fetcher.fetch(place.address, place.kind, userId, signal) })));
  for (const { place, found } of fetched) {
    if (!found) return signal.aborted ? new Failure('client_gone', { sent: false }) : failed(place.param, `\`${place.param}\` names media that cannot be fetched.`);
    media.set(place.address, found);
  }
  request.media = media;
  return undefined;
}

const placesOf = ({ messages }: ChatRequest): Place[] => messages.flatMap(({ parts }, index) => placesIn(parts, `messages[${index}]`));
