/** The pages of administrators: prices, codes, models and settings are found, changed and refused as people see it. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../harness/browser.ts';
import { ConsolePage } from '../../harness/console-page.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { addChannel, rootLogin, setOption, setUp } from '../../harness/steps.ts';
import { until } from '../../harness/until.ts';

const looks = [{ width: 1280, colours: 'dark', language: 'zh-CN' }, { width: 360, colours: 'light', language: 'en' }] as const;

describe.skipIf(!chromiumPath)('pages of administrators', () => {
  let house: House, browser: Browser, tab: ConsolePage, operator: ControlClient;
  const page = () => tab.page;
  const at = (path: string): string => `${house.controlPlane.url}${path}`;
  const dialog = () => page().getByRole('dialog');
  const row = (name: string) => page().getByRole('row', { name: new RegExp(name) });
  const option = (key: string) => page().locator(`tr[data-row="${key}"]`);
  const fetchModels = async (id: string): Promise<unknown> =>
    (await operator.query<{ channelModelsFetch: unknown }>(`mutation { channelModelsFetch(input: { channelId: "${id}" }) { models added removed userErrors { message } } }`)).channelModelsFetch;
  const gone = () => dialog().waitFor({ state: 'detached' });

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    operator = await setUp(house);
    tab = await ConsolePage.open(browser, { width: 1280 });
    await page().goto(at('/sign-in'));
    await page().getByLabel(/User name/).fill(rootLogin.username);
    await page().getByLabel('Password', { exact: true }).fill(rootLogin.password);
    await page().getByRole('button', { name: 'Sign in', exact: true }).click();
    await page().getByRole('heading', { name: 'Welcome, root' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });
  afterEach(async ({ task }) => { if (task.result?.state === 'fail') await tab.lastView(task.name); });

  it('change a price by keyboard, and say what is no price', async () => {
    await page().keyboard.press('g');
    await page().keyboard.press('a');
    await page().keyboard.press('p');
    await page().getByRole('heading', { name: 'Prices' }).waitFor();
    await page().keyboard.press('/');
    await page().keyboard.type('gpt-4o-mini');
    const target = page().locator('tr[data-row="gpt-4o-mini"]');
    await page().locator('tr[data-row="gpt-4o"]').waitFor({ state: 'detached' });
    await target.focus();
    await page().keyboard.press('e');
    await dialog().getByLabel('Model ratio').fill('-1');
    await page().keyboard.press('Enter');
    await dialog().getByText('Write a number of at least 0').waitFor();
    await dialog().getByLabel('Model ratio').fill('0.5');
    await dialog().getByText('Input 1, output').waitFor();
    await page().keyboard.press('Enter');
    await gone();
    await target.getByText('$1.00').waitFor();
    const { prices } = await operator.query<{ prices: { nodes: { set: { modelRatio: string } }[] } }>('{ prices(search: "gpt-4o-mini", first: 1) { nodes { set { modelRatio } } } }');
    expect(prices.nodes[0]!.set.modelRatio).toBe('0.5');
  });

  it('make codes, shown once, and switch one off', async () => {
    await page().goto(at('/console/redemption'));
    await page().getByRole('button', { name: 'Create codes' }).first().click();
    await dialog().getByLabel('Name').fill('launch');
    await dialog().getByLabel('How many').fill('2');
    await dialog().getByRole('button', { name: 'Create' }).click();
    expect(await page().getByTestId('secret').textContent()).toMatch(/^[0-9a-f]{32}\n[0-9a-f]{32}$/);
    await page().getByRole('button', { name: 'Copy', exact: true }).click();
    await page().getByRole('button', { name: 'Done' }).click();
    await gone();
    await page().locator('tbody tr[data-row]').first().focus();
    await page().keyboard.press('s');
    await row('launch').first().getByText('Disabled').waitFor();
  });

  it('describe a model', async () => {
    await page().goto(at('/admin/models'));
    await page().getByRole('button', { name: 'Add model' }).first().click();
    await dialog().getByLabel('Name').fill('gpt-');
    await dialog().getByRole('combobox', { name: 'Speaks for' }).click();
    await page().getByRole('option', { name: 'Names that begin so' }).click();
    await dialog().getByLabel('Endpoints').fill('openai');
    await dialog().getByRole('button', { name: 'Create' }).click();
    await dialog().getByText('Endpoints are JSON').waitFor();
    await dialog().getByLabel('Endpoints').fill('["openai"]');
    await dialog().getByRole('button', { name: 'Create' }).click();
    await gone();
    await row('gpt-').getByText('Names that begin so').waitFor();
  });

  it('change a setting, and show why it cannot be', async () => {
    await page().goto(at('/admin/settings?q=SystemName'));
    await option('SystemName').click();
    await dialog().getByLabel('Value').fill('My gateway');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await gone();
    await option('SystemName').getByText('My gateway').waitFor();
    await page().goto(at('/admin/settings?q=RetryTimes'));
    await option('RetryTimes').click();
    await dialog().getByLabel('Value').fill('99');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText(/RetryTimes: a whole number from 0 to 10/).waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await page().getByRole('button', { name: 'Leave' }).click();
    await until('the name is told', 5_000, async () => (await operator.query<{ site: { name: string } }>('{ site { name } }')).site.name === 'My gateway');
  });

  it('test every channel in the background, and show how far that is', async () => {
    await setOption(operator, 'upstream.private_allowlist', '127.0.0.1/32');
    const plan = { type: 1, baseUrl: house.mock.url, models: ['gpt-4o'] };
    await until('the relay has announced its providers', 10_000, async () => (await operator.query<{ channelTypes: unknown[] }>('{ channelTypes { id } }')).channelTypes.length > 0);
    const ids = [await addChannel(operator, { name: 'good', ...plan }), await addChannel(operator, { name: 'bad', ...plan, modelMapping: '{"gpt-4o":"mock/429"}' })];
    await page().goto(at('/node/channels'));
    await page().getByRole('button', { name: 'Test all' }).click();
    await page().getByText('Channels tested: 2, failed: 1. 1 passed, 1 failed, 0 switched').waitFor();
    expect(await fetchModels(ids[0]!)).toEqual({ models: ['mock/echo'], added: ['mock/echo'], removed: ['gpt-4o'], userErrors: [] });
  });

  it('are whole in both languages and colours, wide and narrow, and have no barriers', async () => {
    for (const look of looks) {
      const other = await ConsolePage.open(browser, look);
      await other.page.context().addCookies(await page().context().cookies());
      for (const path of ['/admin/prices', '/admin/redemption', '/admin/models', '/admin/settings']) {
        await other.page.goto(at(path));
        await other.page.locator('tbody tr[data-row]').first().waitFor();
        expect(await other.isCutOff(), `${path} is wider than its window`).toBe(false);
        expect(await other.barriers(), `${path} ${look.language}`).toEqual([]);
      }
      expect(other.faults).toEqual([]);
      await other.page.context().close();
    }
  });

  it('have thrown nothing all the while', () => expect(tab.faults).toEqual([]));
});
