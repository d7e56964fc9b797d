/** Whether our ports are free. Asked before anything starts: uWebSockets.js would share a taken one without a word. */
import { createServer } from 'node:net';
import type { Settings } from './settings.ts';
import { Fault } from './fault.ts';

const codeOfListening = (port: number, host: string): Promise<string | undefined> => new Promise((resolve) => {
  const server = createServer();
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
  server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
});

export async function refuseTakenPorts({ host, controlPort, relayPort }: Settings): Promise<void> {
  for (const [variable, port] of [['WEIR_CONTROL_PORT', controlPort], ['WEIR_RELAY_PORT', relayPort]] as const) {
    const code = await codeOfListening(port, host);
    if (code === 'EADDRINUSE') throw new Fault(`Port ${port} is taken by another program: stop it, or set ${variable} to a free one.`);
    if (code === 'EACCES') throw new Fault(`Port ${port} may only be used by root: set ${variable} to one above 1023.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new Fault(`This machine has no address ${host}: correct WEIR_HOST.`);
    if (code) throw new Fault(`Port ${port} on ${host} cannot be used (${code}): set ${variable} or WEIR_HOST.`);
  }
}
