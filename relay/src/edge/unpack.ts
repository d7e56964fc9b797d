/** `Content-Encoding` of request bodies (relay-api 1, dialects 3), with a cap that holds after unpacking too (RLY-04). */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib';
import { Failure } from '../failure/failure.ts';

/** Nothing that is honest packs better, and little that is not. */
const largestRatio = 50;

type Unpack = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const unpackers = new Map<string, Unpack>([['gzip', promisify(gunzip)], ['x-gzip', promisify(gunzip)], ['br', promisify(brotliDecompress)], ['zstd', promisify(zstdDecompress)]]);

/** Failures: `read_request_body_failed` above the limit, `bad_request_body` for a coding that is not known or not kept to. */
export async function unpack(body: Buffer, encoding: string, limitBytes: number): Promise<Buffer | Failure> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return body;
  const unpacker = unpackers.get(name);
  if (!unpacker) return new Failure('bad_request_body', { say: 'Content-Encoding may be gzip, br or zstd.', status: 415 });
  try {
    return await unpacker(body, { maxOutputLength: Math.min(limitBytes, Math.max(body.length * largestRatio, 65_536)) });
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge ? new Failure('read_request_body_failed') : new Failure('bad_request_body', { say: `The body is not valid ${name}.` });
  }
}
