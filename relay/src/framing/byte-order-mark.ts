const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Some put it before their JSON, which has no place for it. */
export const withoutMark = (bytes: Buffer): Buffer => (bytes[0] === mark[0] && bytes.subarray(0, 3).equals(mark) ? bytes.subarray(3) : bytes);
