/**
 * Signatures of other houses leave a body whose bytes pass (dialects 3): with the part that they sign, which says nothing to anyone else,
 * or alone, where the part says something.
 */
import { removals } from '../../framing/list-removal.ts';
import { memberRemovals } from '../../framing/member-removal.ts';
import { nestedMembers, type Step } from '../../framing/nested-members.ts';
import type { Edit } from '../../framing/splice.ts';
import { given } from '../gemini/given.ts';
import { parseJson, text } from '../json-member.ts';
import { unseal } from './sealed-signature.ts';

const quote = 0x22;

/**
 * @param places where the values begin, behind their quotes; ascending
 * @param family of the house that the body goes to: what it sealed itself is opened. Absent: everything goes
 */
export function foreignEdits(body: Buffer, places: readonly number[], family?: string): Edit[] {
  const own: Edit[] = [], others: number[] = [];
  for (const place of places) {
    const edit = family === undefined ? undefined : opened(body, place, family);
    if (edit) own.push(edit); else others.push(place);
  }
  return [...own, ...(others.length > 0 ? removals(body, others) : [])];
}

/** Without a model, as the house reads signatures of all its models; with one, only the house knows which of them go together. */
function opened(body: Buffer, start: number, family: string): Edit | undefined {
  const end = body.indexOf(quote, start), signature = end < 0 ? undefined : unseal(body.toString('latin1', start, end));
  if (signature?.family !== family || (family !== 'anthropic' && signature.model !== '')) return undefined;
  return { start, end, text: JSON.stringify(signature.value).slice(1, -1) };
}

const partsOf: readonly Step[] = [['contents'], '*', ['parts'], '*'];

/** Parts of gemini carry signatures beside what they say: a call keeps its place, under the value by which the provider lets it pass. */
export function foreignParts(body: Buffer, places: readonly number[], family?: string): Edit[] {
  const parts = nestedMembers(body, partsOf), whole: number[] = [], edits: Edit[] = [];
  for (const place of places) {
    const own = family === undefined ? undefined : opened(body, place, family), part = parts.find(({ start, end }) => start <= place && place < end);
    const said = part && parseJson(body.toString('utf8', part.start, part.end)), end = body.indexOf(quote, place);
    if (own) edits.push(own);
    else if (given(said, 'functionCall') !== undefined) edits.push({ start: place, end, text: 'skip_thought_signature_validator' });
    else if (said !== undefined && given(said, 'thought') !== true && text(given(said, 'text'))) edits.push(...memberRemovals(body, [{ start: place - 1, end: end + 1 }]));
    else whole.push(place);
  }
  return [...edits, ...(whole.length > 0 ? removals(body, whole) : [])];
}
