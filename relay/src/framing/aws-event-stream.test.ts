import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { AwsEventStream } from './aws-event-stream.ts';
import { singleBytes } from './cut-bytes.ts';
import { frameOf } from './testing/aws-frame.ts';

describe('AwsEventStream', () => {
  const wrapped = Buffer.from('{"type":"ping"}').toString('base64');
  const frames = [
    frameOf({ ':event-type': 'messageStart', ':content-type': 'application/json', ':message-type': 'event' }, '{"role":"assistant"}'),
    frameOf({ ':event-type': 'chunk', ':message-type': 'event' }, `{"bytes":"${wrapped}","p":"abc"}`),
    frameOf({ ':exception-type': 'throttlingException', ':message-type': 'exception' }, '{"message":"Too many"}'),
  ];
  const events = 'event: messageStart\ndata: {"role":"assistant"}\n\nevent: ping\ndata: {"type":"ping"}\n\nevent: error\ndata: {"type":"error","error":{"type":"throttlingException","message":"Too many"}}\n\n';
  const read = (pieces: readonly Buffer[]): string | Failure => {
    const stream = new AwsEventStream();
    let out = '';
    for (const piece of [...pieces.map((each) => stream.push(each)), stream.end()]) {
      if (piece instanceof Failure) return piece;
      out += Buffer.concat(piece).toString();
    }
    return out;
  };

  it('gives the same events however it is cut', () => {
    expect(read(frames)).toBe(events);
    expect(read([Buffer.concat(frames)])).toBe(events);
    expect(read(singleBytes(Buffer.concat(frames)))).toBe(events);
  });

  it('refuses what is damaged, and what breaks off', () => {
    const damaged = Buffer.concat(frames);
    damaged[40] = (damaged[40] ?? 0) ^ 1;
    expect(read([damaged])).toMatchObject({ code: 'bad_response_body' });
    expect(read([Buffer.from('HTTP/1.1 200 OK and no frames')])).toMatchObject({ code: 'bad_response_body' });
    expect(read([Buffer.concat(frames).subarray(0, -3)])).toMatchObject({ code: 'answer_cut' });
  });
});
