import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

const withoutDetail = (text: string): string => text.replace(/\n? - detail: .*$/gm, '');

/** PostgreSQL puts the values of a refused row into `detail`: hashes, envelopes, addresses. A log must not hold them (SEC-07). */
function describeError(error: Error): unknown {
  const plain = stdSerializers.err(error);
  if (typeof plain !== 'object' || plain === null) return plain;
  const { detail: _detail, where: _where, ...rest } = plain as typeof plain & { detail?: unknown; where?: unknown };
  return { ...rest, message: withoutDetail(plain.message), stack: withoutDetail(plain.stack ?? '') };
}

export const openLog = (level: string, destination?: DestinationStream): Logger => {
  const options = { level, serializers: { err: describeError }, redact: ['headers.authorization', 'headers.cookie'] };
  return destination ? pino(options, destination) : pino(options);
};
