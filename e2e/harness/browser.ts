/** Chromium for browser scenarios; undefined where `npm test` found none, and then they are skipped. */
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs } from '../../scripts/testing/browser.ts';
import { onPath } from '../../scripts/services/child.ts';

export const chromiumPath: string | undefined = process.env.CHROMIUM_PATH ?? onPath('chromium');

export function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('there is no Chromium: guard the scenario with `chromiumPath`');
  return chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
}
