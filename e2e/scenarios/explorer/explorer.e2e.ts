/** The explorer in a real browser, under its content policy: it knows the schema, runs a query, and follows a subscription. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../harness/browser.ts';
import { ConsolePage } from '../../harness/console-page.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { rootLogin, setUp } from '../../harness/steps.ts';

describe.skipIf(!chromiumPath)('the GraphQL explorer', () => {
  let house: House, browser: Browser, tab: ConsolePage;
  const page = () => tab.page;
  const at = (path: string): string => `${house.controlPlane.url}${path}`;
  /** Faults of its own: it sends text, as whoever explores does. */
  const faults = () => tab.faults.filter((fault) => !fault.startsWith('sent as text'));

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    await setUp(house);
    tab = await ConsolePage.open(browser, { width: 1280 });
  });
  afterEach(async ({ task }) => { if (task.result?.state === 'fail') await tab.lastView(task.name); });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('sends strangers to sign in', async () => {
    await page().goto(at('/graphql/explorer'));
    await page().getByRole('link', { name: 'Sign in' }).click();
    await page().locator('input[name=username]').fill(rootLogin.username);
    await page().locator('input[name=password]').fill(rootLogin.password);
    await page().keyboard.press('Enter');
    await page().getByRole('heading', { name: 'Next steps' }).waitFor();
    tab.faults.length = 0;                               // the browser has logged the 401
  });

  it('runs a query with the session of the console', async () => {
    await page().getByRole('button', { name: 'Account' }).click();
    expect(await page().getByRole('menuitem', { name: 'GraphQL explorer' }).getAttribute('href')).toBe('/graphql/explorer');
    await page().goto(at('/graphql/explorer'));
    await page().getByRole('button', { name: /Execute query/ }).click();
    await page().getByText('"username": "root"').waitFor();
    expect(faults()).toEqual([]);
  });

  it('follows a subscription', async () => {
    await page().goto(at(`/graphql/explorer?query=${encodeURIComponent('subscription { usageTicker(intervalSeconds: 1) { rpm } }')}`));
    await page().getByRole('button', { name: /Execute query/ }).click();
    await page().getByText('"rpm": 0').first().waitFor();
    expect(faults()).toEqual([]);
  });

  it('fetches nothing from elsewhere', () => expect(tab.fetched.filter((url) => !url.startsWith(house.controlPlane.url) && !url.startsWith('data:'))).toEqual([]));
});
