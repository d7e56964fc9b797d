import { Failure } from '../failure/failure.ts';
import type { BodySource } from '../upstream/upstream.ts';

/** All of a body at once. Failures: `read_request_body_failed` above the limit (bytes), and those of the source. */
export function collected(source: BodySource, limit: number): Promise<Buffer | Failure> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const cancel = source.send({
      write: (piece) => {
        bytes += piece.length;
        if (bytes <= limit) pieces.push(Buffer.from(piece)); else setImmediate(tooLarge);
        return true;
      },
      drained: (callback) => callback(),
      end: () => resolve(bytes > limit ? new Failure('read_request_body_failed') : Buffer.concat(pieces)),
      fail: resolve,
    });
    const tooLarge = (): void => { cancel(); resolve(new Failure('read_request_body_failed')); };
  });
}
