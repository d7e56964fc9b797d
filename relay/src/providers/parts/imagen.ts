/** Imagen, on the developer API and on Vertex (providers 7.3). */
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { isObject, list, member, text, wire } from '../../dialects/json-member.ts';
import type { ServedAs } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';

/** Sides of the pictures that it makes. */
const ratios: readonly (readonly [string, number])[] = [['1:1', 1], ['16:9', 16 / 9], ['9:16', 9 / 16], ['4:3', 4 / 3], ['3:4', 3 / 4]];

/** The nearest one to a size in pixels; undefined: the size names none. */
export function nearestRatio(size: string | undefined): string | undefined {
  const [width, height] = (size ?? '').split('x').map(Number);
  if (!width || !height) return undefined;
  const wanted = Math.log(width / height);
  return ratios.toSorted((one, other) => Math.abs(Math.log(one[1]) - wanted) - Math.abs(Math.log(other[1]) - wanted))[0]?.[0];
}

export const imagenServed: ServedAs = {
  // What it has no other name for comes as it was.
  writeRequest: ({ prompt, n, size, parameters }) => ({ instances: [{ prompt: prompt ?? '' }], parameters: wire({ ...(isObject(parameters) ? parameters : {}), sampleCount: n ?? 1, aspectRatio: nearestRatio(text(size)) }) }),
  readAnswer: (answer): JsonObject | Failure => {
    const made = list(answer['predictions']).flatMap((each): Json[] => { const bytes = text(member(each, 'bytesBase64Encoded')); return bytes ? [{ b64_json: bytes }] : []; });
    if (made.length > 0) return { created: 0, data: made };
    const why = text(member(list(answer['predictions'])[0], 'raiFilteredReason')) ?? 'The provider made no picture.';
    return new Failure('bad_response_status_code', { status: 400, say: why, upstreamCode: 'content_policy_violation' });
  },
};
