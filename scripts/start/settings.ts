/** What the environment says to `npm start`; everything else in it goes through to the processes. Nobody else here reads it. */
import { isAbsolute, join } from 'node:path';
import { root } from '../root.ts';
import { Fault } from './fault.ts';

export interface Settings {
  dataFolder: string;
  host: string;
  controlPort: number;
  relayPort: number;
  masterKey: string | undefined;
  setupToken: string | undefined;
  /** Handed to the processes, before what we add to it. */
  environment: NodeJS.ProcessEnv;
}

function port(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name] || String(fallback);
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new Fault(`${name} is "${text}", which is not a port: give a whole number from 1 to 65535.`);
}

export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const data = environment.WEIR_DATA || '.data';
  const controlPort = port(environment, 'WEIR_CONTROL_PORT', 3000), relayPort = port(environment, 'WEIR_RELAY_PORT', 8080);
  if (controlPort === relayPort) throw new Fault(`WEIR_CONTROL_PORT and WEIR_RELAY_PORT are both ${relayPort}: give each a port of its own.`);
  return {
    dataFolder: isAbsolute(data) ? data : join(root, data),
    host: environment.WEIR_HOST || '127.0.0.1',
    controlPort, relayPort,
    masterKey: environment.WEIR_MASTER_KEY || undefined,
    setupToken: environment.WEIR_SETUP_TOKEN || undefined,
    environment,
  };
}
