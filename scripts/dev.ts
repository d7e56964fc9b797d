/** `pnpm dev`: database, mock provider, control plane, relay and console, all watching their sources; prints a token and the URLs. */
import { join } from 'node:path';
import { seed } from './dev/seed.ts';
import { root } from './root.ts';
import { sentenceFor } from './start/fault.ts';
import { keepHouse } from './start/house.ts';
import { environmentFor } from './start/processes.ts';
import { progress } from './start/progress.ts';
import { readSettings } from './start/settings.ts';
import { startServices, takePlace } from './start/start.ts';
import type { ProcessPlan } from './start/supervised.ts';

const mockUrl = 'http://127.0.0.1:4010', consoleUrl = 'http://127.0.0.1:5173';
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
const watched = (folder: string): [string, ...string[]] =>
  [bin('tsx'), 'watch', '--clear-screen=false', '--tsconfig', `${folder}/tsconfig.json`, `${folder}/src/main.ts`];

function plansFor(dataFolder: string, environment: NodeJS.ProcessEnv, controlUrl: string, relayUrl: string): ProcessPlan[] {
  const plan = (name: string, command: [string, ...string[]], readyUrl: string): ProcessPlan =>
    ({ name, command, environment, readyUrl, log: join(dataFolder, `${name.replace(' ', '-')}.log`) });
  return [
    plan('mock provider', [process.execPath, '--watch', '--disable-warning=ExperimentalWarning', 'e2e/mock-provider/main.ts'], `${mockUrl}/__log`),
    plan('control plane', watched('control-plane'), `${controlUrl}/readyz`),
    plan('relay', watched('relay'), `${relayUrl}/readyz`),
    plan('console', [bin('vite'), 'admin-ui', '--host', '127.0.0.1', '--port', '5173', '--strictPort'], consoleUrl),
  ];
}

try {
  await keepHouse(async (house) => {
    const note = progress(Date.now());
    const settings = readSettings({ WEIR_DATA: join('.data', 'dev'), WEIR_LOG_LEVEL: 'debug', ...process.env });
    await takePlace(house, settings, note);
    const services = await startServices(house, settings, note);
    const environment = { ...environmentFor(settings, services), NODE_ENV: 'development', WEIR_PUBLIC_URL: consoleUrl };
    const controlUrl = `http://127.0.0.1:${settings.controlPort}`, relayUrl = `http://127.0.0.1:${settings.relayPort}`;
    note('starting mock provider, control plane, relay and console');
    await house.run(settings.dataFolder, plansFor(settings.dataFolder, environment, controlUrl, relayUrl));
    const { key, model, password } = await seed(controlUrl, consoleUrl, mockUrl, settings.dataFolder);
    console.log(`
  console        ${consoleUrl}   (root / ${password})
  control plane  ${controlUrl}/graphql
  relay          ${relayUrl}/v1
  mock provider  ${mockUrl}/__log
  logs           ${settings.dataFolder}/*.log

  curl ${relayUrl}/v1/chat/completions -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\
    -d '{"model":"${model}","stream":true,"messages":[{"role":"user","content":"hello"}]}'
`);
  });
} catch (error) {
  const sentence = sentenceFor(error);
  console.error(sentence === undefined ? error : `\nweir: ${sentence}`);
  process.exitCode = 1;
}
