/**
 * The life of a request, from top to bottom. All dialects of chat and all other endpoints run through it: here until it is known who asks,
 * then in serve.ts. On the usual way only what must wait is asynchronous: each such function costs as much as a look-up and a kilobyte.
 */
import type { Surface } from '../dialects/dialect.ts';
import { isPlatform } from '../endpoints/platform.ts';
import { Failure } from '../failure/failure.ts';
import type { Limit } from '../routing/model-limit.ts';
import { authenticate } from './entry/authenticate.ts';
import type { Exchange } from './exchange.ts';
import { loopFault } from './entry/hops.ts';
import { presentedKey } from './entry/key-forms.ts';
import { currentPicture } from './entry/picture.ts';
import { refusingSurface } from './entry/refusing-surface.ts';
import { refuse } from './entry/refuse.ts';
import type { Relay } from './relay.ts';
import { answerTo, type Visitor } from './serve.ts';
import { limitOf, withinLimit } from './entry/within-limit.ts';

/** @param platform only channels of it may serve; absent: any */
export function chat(exchange: Exchange, dialect: Surface, relay: Relay, platform?: string): Promise<unknown> | void {
  const story = relay.stories.begin(exchange.id, exchange.startedAt);
  const turned = loopFault(exchange.headers) ?? relay.admission.refusal();
  if (turned) return refuse(exchange, turned, dialect, story);
  const { settling } = relay.snapshots, asking: Asking = { exchange, dialect, story, platform };
  return settling ? afterPause(settling, asking, relay) : known(asking, relay);
}

type Asking = Pick<Visitor, 'exchange' | 'dialect' | 'story' | 'platform'>;

function known({ exchange, dialect, story, platform }: Asking, relay: Relay): Promise<unknown> | void {
  const snapshot = currentPicture(relay);                // once: one request sees one picture
  if (snapshot instanceof Failure) return refuse(exchange, snapshot, dialect, story);

  const key = presentedKey(exchange.headers, exchange.query, dialect.keyPlace);
  const caller = authenticate(key, exchange, snapshot, relay.lookup), refusing = refusingSurface(dialect, snapshot);
  if (caller instanceof Failure) return refuse(exchange, caller, refusing, story);
  story.passed('authenticate');
  if (platform !== undefined && !isPlatform(platform, snapshot)) return refuse(exchange, new Failure('invalid_url', { say: `There is no platform ${platform}.` }), refusing, story);

  const visitor: Visitor = { exchange, dialect, refusing, snapshot, caller, story, platform };
  const limit = limitOf(snapshot, caller);
  // Returned and not awaited: what stands here would otherwise stay in memory as long as the answer streams.
  return limit ? limited(visitor, relay, limit) : answerTo(visitor, relay);
}

/** The process stood still: the body is read meanwhile, as sockets do not wait for us. */
async function afterPause(settling: Promise<void>, asking: Asking, relay: Relay): Promise<unknown> {
  asking.exchange.keepBody();
  await settling;
  return known(asking, relay);
}

/** The body is read while it is asked whether there may be one request more. */
async function limited(visitor: Visitor, relay: Relay, limit: Limit): Promise<void> {
  const { exchange, refusing, story, caller } = visitor;
  exchange.keepBody();
  const turned = await withinLimit(caller, limit, relay, () => answerTo(visitor, relay));
  if (turned) refuse(exchange, turned, refusing, story);
}
