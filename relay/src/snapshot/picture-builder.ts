import type { RelayHead } from '../gql/types.gen.ts';
import type { Clock } from '../trace/clock.ts';
import type { Change } from './delta-chain.ts';
import { knownSchema } from './head.ts';
import { Pacer } from './pacer.ts';
import { PictureDraft } from './picture-draft.ts';
import { Picture } from './picture.ts';
import type { SecretBox } from './secret-box.ts';

/** Why a version is not served: it says something wrong, or (mismatch) what we have is not what its head stands for. */
export type Refusal = { readonly kind: 'invalid' | 'mismatch'; readonly reason: string };

type Pairs = Iterable<readonly [key: string, body: string]>;

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

  private async fill(head: RelayHead, draft: PictureDraft, out: readonly string[], into: Pairs): Promise<Picture | Refusal> {
    const refuse = (kind: Refusal['kind'], reason: string): Refusal => ({ kind, reason: `version ${head.version}: ${reason}` });
    if (head.schema !== knownSchema) return refuse('invalid', `schema ${head.schema} is not known, only ${knownSchema}`);
    const pacer = new Pacer(this.clock), digests: bigint[] = [];
    for (const key of out) {
      draft.remove(key);
      if (pacer.due()) await pacer.rest();
    }
    for (const [key, body] of into) {
      digests.push(draft.weigh(key, body));
      if (pacer.due()) await pacer.rest();
    }
    if (!draft.hasHashOf(head)) return refuse('mismatch', 'its resources do not have its hash');
    let index = 0;
    for (const [key, body] of into) {
      const fault = draft.add(key, body, digests[index++]!);
      if (fault !== undefined) return refuse('invalid', fault);
      if (pacer.due()) await pacer.rest();
    }
    const picture = draft.finish(head);
    return picture instanceof Picture ? picture : refuse('invalid', picture);
  }
}

const pairs = (flat: readonly string[]): Pairs => ({
  *[Symbol.iterator]() {
    for (let i = 0; i + 1 < flat.length; i += 2) yield [flat[i]!, flat[i + 1]!] as const;
  },
});
