import type { RequestFacts, Surface } from '../../dialects/dialect.ts';
import type { MediaByAddress } from '../../dialects/request/inlined-media.ts';
import type { JsonObject } from '../../framing/json.ts';
import type { Upload } from '../../uploads/upload.ts';

const released = Buffer.alloc(0);

/** A body that names a model which the caller may use. */
export class Received {
  readonly dialect: Surface;
  readonly facts: RequestFacts;
  /** Of a form: its fields, as JSON. */
  body: Buffer;
  /** A form, which is not held. */
  readonly upload: Upload | undefined;
  /** Puts a whole answer into the client's form; undefined: it passes. */
  give: ((answer: JsonObject) => JsonObject) | undefined;
  /** Whose it is; 0: nobody's. */
  owner = 0;
  /** What was fetched for it. */
  media: MediaByAddress | undefined;
  /** Of a form: the same request as JSON, once a provider has wanted it so. */
  asJson: Received | undefined;

  constructor(dialect: Surface, facts: RequestFacts, body: Buffer, upload?: Upload) {
    this.dialect = dialect;
    this.facts = facts;
    this.body = body;
    this.upload = upload;
  }

  /** The same with another body, and what is known of that. */
  rewritten(facts: RequestFacts, body: Buffer): Received {
    const other = new Received(this.dialect, facts, body, this.upload);
    other.give = this.give;
    other.owner = this.owner;
    other.media = this.media;
    return other;
  }

  /** It is sent to nobody any more. Streams live long and bodies are large: they must not wait together. */
  release(): void {
    this.body = released;
    this.media = undefined;
    this.asJson = undefined;
    this.upload?.close();
  }
}
