import { isObject } from '../dialects/json-member.ts';
import { eventOf } from './frame.ts';

/** A session stays with the model that it was priced for: an update that names one gets the channel's name for it. Any other frame stays as it is. */
export function pinnedModel(frame: Buffer, model: string): Buffer {
  const update = eventOf(frame, 'session.update');
  const session = update?.['session'];
  if (!update || !isObject(session) || typeof session['model'] !== 'string' || session['model'] === model) return frame;
  return Buffer.from(JSON.stringify({ ...update, session: { ...session, model } }));
}
