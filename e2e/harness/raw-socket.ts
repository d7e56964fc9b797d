/** Bytes as no HTTP library would send them, and what comes back. */
import { connect } from 'node:net';

/** Resolves with everything received until the other side closes, or with what there was after `patienceMs`. */
export function sendRaw(url: string, bytes: string | Buffer, patienceMs = 700): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => { socket.write(bytes); });
    const done = (): void => { clearTimeout(timer); socket.destroy(); resolve(received); };
    const timer = setTimeout(done, patienceMs);
    socket.setEncoding('latin1').on('data', (text: string) => { received += text; });
    socket.once('close', done).once('error', done);
  });
}
