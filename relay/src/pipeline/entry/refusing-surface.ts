/** The shape of refusals that come before a request is understood (semantics 2.5): the dialect of the client, or one for all. */
import type { Surface } from '../../dialects/dialect.ts';
import { openaiError } from '../../dialects/openai-error.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

const known = new WeakMap<Surface, Surface>();

export function refusingSurface(dialect: Surface, { settings }: Snapshot): Surface {
  if (!settings.legacyErrors) return dialect;
  let legacy = known.get(dialect);
  if (!legacy) known.set(dialect, legacy = { ...dialect, renderFailure: legacyFailure });
  return legacy;
}

const legacyFailure: Surface['renderFailure'] = (failure, requestId) => {
  const { message, code } = openaiError(failure, requestId);
  return { status: failure.status, body: { error: { message, type: 'new_api_error', code } } };
};
