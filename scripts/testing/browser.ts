/** A Chromium for the browser scenarios: CHROMIUM_PATH, one on PATH, or Debian's package, installed when this may. */
import { spawnSync } from 'node:child_process';
import { onPath } from '../services/child.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const find = () => process.env.CHROMIUM_PATH ?? names.map(onPath).find(Boolean);

function apt(...args: string[]): boolean {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const [command, ...rest] = [...sudo, 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=300', ...args];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command!, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

/** Returns the path of a browser; throws with what to do when there is none and none can be installed. */
export function chromium(): string {
  let path = find();
  if (!path && onPath('apt-get')) {
    console.log('installing Chromium for the browser scenarios (Debian package, about 115 MB)');
    // The font: without one Chinese text is boxes in screenshots.
    const install = () => apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-wqy-microhei');
    if (!install() && apt('update')) install();
    path = find();
  }
  if (!path) throw new Error('the browser scenarios need Chromium or Chrome: install it, or set CHROMIUM_PATH');
  return path;
}

export const chromiumArgs = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
