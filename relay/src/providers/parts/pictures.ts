/** Pictures in the words of the contract (providers 7.3), of providers that give addresses. */
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { list, member, text } from '../../dialects/json-member.ts';
import type { Fetched, ServedAs } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';

/** The addresses of the pictures that are to be edited: one or several, as texts or in objects. */
export const givenPictures = ({ image, images }: JsonObject): string[] =>
  [...(Array.isArray(image) ? image : [image ?? null]), ...list(images)].flatMap((each) => text(each) ?? text(member(each, 'url')) ?? text(member(each, 'image_url')) ?? text(member(member(each, 'image_url'), 'url')) ?? []);

/** Events of a stream hold bytes and nothing else. */
const wantsBytes = ({ response_format: form, stream }: JsonObject): boolean => form === 'b64_json' || stream === true || stream === 'true';

/** What OpenAI's pictures are asked with and hardly anyone else's are. */
export const openaiOnly = ['response_format', 'quality', 'style', 'user', 'background', 'output_format', 'output_compression', 'moderation', 'stream', 'partial_images', 'input_fidelity'] as const;

/**
 * The answer of a provider that gives addresses. Clients that want bytes get them; a picture that cannot be fetched stays an address, as
 * it was made and is charged.
 *
 * @param addressesIn the addresses in its answer; none: the answer is none
 */
export function picturesAt(addressesIn: (answer: JsonObject) => readonly Json[]): Required<Pick<ServedAs, 'addresses' | 'readAnswer'>> {
  const found = (answer: JsonObject): string[] => addressesIn(answer).flatMap((each) => text(each) || []);
  return {
    addresses: (answer, request) => (wantsBytes(request) ? found(answer).filter((address) => address.startsWith('http')).map((address) => ({ address, kind: 'image' as const })) : []),
    readAnswer: (answer, request, media): JsonObject | Failure => {
      const made = found(answer).map((address) => pictureAt(address, wantsBytes(request) ? media : undefined));
      return made.length > 0 ? { created: 0, data: made } : new Failure('bad_response_body', { note: 'not the answer that is known' });
    },
  };
}

function pictureAt(address: string, media: Fetched | undefined): Json {
  const fetched = media?.get(address);
  return fetched ? { b64_json: fetched.base64 } : { url: address };
}
