import type { RelayHead } from '../gql/types.gen.ts';
import type { Clock } from '../trace/clock.ts';
import type { Change } from './delta-chain.ts';
import { knownSchema } from './head.ts';
import { Pacer } from './pacer.ts';
import { PictureDraft, type Refusal } from './picture-draft.ts';
import type { Picture } from './picture.ts';
import type { SecretBox } from './secret-box.ts';

/** Makes pictures in slices, so that requests are served meanwhile. Gives the whole picture or the reason why there is none. */
export class PictureBuilder {
  private readonly box: SecretBox;
  private readonly clock: Clock;

  constructor(box: SecretBox, clock: Clock) {
    this.box = box;
    this.clock = clock;
  }

  /** @param resources key, body, key, body … */
  async whole(head: RelayHead, resources: readonly string[]): Promise<Picture | Refusal> {
    return this.fill(head, new PictureDraft(this.box), [], pairs(resources));
  }

  async change(before: Picture, { head, upserts, removals }: Change): Promise<Picture | Refusal> {
    return this.fill(head, new PictureDraft(this.box, before.indexes), [...removals, ...upserts.keys()], upserts);
  }

  private async fill(head: RelayHead, draft: PictureDraft, out: readonly string[], into: Iterable<readonly [string, string]>): Promise<Picture | Refusal> {
    const invalid = (reason: string): Refusal => ({ kind: 'invalid', reason: `version ${head.version}: ${reason}` });
    if (head.schema !== knownSchema) return invalid(`schema ${head.schema} is not known, only ${knownSchema}`);
    const pacer = new Pacer(this.clock);
    for (const key of out) {
      draft.remove(key);
      if (pacer.due()) await pacer.rest();
    }
    for (const [key, body] of into) {
      const fault = draft.add(key, body);
      if (fault !== undefined) return invalid(fault);
      if (pacer.due()) await pacer.rest();
    }
    return draft.finish(head);
  }
}

function* pairs(flat: readonly string[]): Generator<readonly [string, string]> {
  for (let i = 0; i + 1 < flat.length; i += 2) yield [flat[i]!, flat[i + 1]!];
}
