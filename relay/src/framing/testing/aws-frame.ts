import { crc32 } from 'node:zlib';

/** One frame as AWS sends it. */
export function frameOf(headers: Record<string, string>, payload: string): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(Buffer.byteLength(value));
    return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
  }));
  const prelude = Buffer.alloc(12), check = Buffer.alloc(4), body = Buffer.from(payload);
  prelude.writeUInt32BE(16 + head.length + body.length, 0);
  prelude.writeUInt32BE(head.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const frame = Buffer.concat([prelude, head, body]);
  check.writeUInt32BE(crc32(frame));
  return Buffer.concat([frame, check]);
}
