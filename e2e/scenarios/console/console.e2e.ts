/** One request's whole life, as a person sees it in the console. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit, Books } from '../../harness/books.ts';
import { chromiumPath, openBrowser } from '../../harness/browser.ts';
import { ConsolePage } from '../../harness/console-page.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { anthropicClient, openaiClient } from '../../harness/official-clients.ts';
import { rootLogin, setOption, signIn } from '../../harness/steps.ts';
import { until } from '../../harness/until.ts';

/** (1000 + 200 × 4) × 1.25 */
const model = 'gpt-4o', price = 2_250;

describe.skipIf(!chromiumPath)('console', () => {
  let house: House, browser: Browser, tab: ConsolePage, key = '';
  const page = () => tab.page;
  const at = (path: string): string => `${house.controlPlane.url}${path}`;
  const go = async (name: string): Promise<void> => { await page().getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click(); };

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    tab = await ConsolePage.open(browser, { width: 1280 });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  afterEach(async ({ task }) => { if (task.result?.state === 'fail') await tab.lastView(task.name); });

  it('leads a first visitor to the set-up and signs them in', async () => {
    await page().goto(at('/'));
    await page().getByLabel('User name').fill(rootLogin.username);
    await page().getByLabel('Password', { exact: true }).fill(rootLogin.password);
    await page().getByLabel('Password again').fill(rootLogin.password);
    await tab.picture('setup');
    await page().getByRole('button', { name: 'Create and sign in' }).click();
    await page().getByRole('heading', { name: 'Welcome, root' }).waitFor();
    await tab.picture('overview');
  });

  it('adds a channel, and tests it', async () => {
    const operator = house.newClient();
    await signIn(operator);
    await setOption(operator, 'upstream.private_allowlist', '127.0.0.1/32');
    await until('the relay has announced its providers', 5_000, async () => (await operator.query<{ channelTypes: unknown[] }>('{ channelTypes { id } }')).channelTypes.length > 0);
    await go('Channels');
    await page().getByRole('button', { name: 'Add channel' }).first().click();
    const form = page().getByRole('dialog');
    await form.getByLabel('Name').fill('Mock provider');
    await form.getByRole('combobox', { name: /^Provider/ }).click();
    await page().getByRole('option', { name: 'OpenAI', exact: true }).click();
    await form.getByLabel('Credential').fill('mock-credential');
    await form.getByLabel('Address').fill(house.mock.url);
    await form.getByRole('combobox', { name: /^Models/ }).fill(model);
    await form.getByRole('combobox', { name: /^Models/ }).press('Enter');
    await form.getByLabel('Model mapping').fill(JSON.stringify({ [model]: `${model}+input:1000+output:200` }));
    await form.getByRole('button', { name: 'Create' }).click();
    const row = page().getByRole('row', { name: /Mock provider/ });
    await row.waitFor();
    await row.getByRole('button', { name: 'Test' }).click();
    await page().getByText(/Mock provider answered in/).waitFor();
  });

  it('makes a token and shows its key once', async () => {
    await go('Tokens');
    await page().getByRole('button', { name: 'Create token' }).first().click();
    const form = page().getByRole('dialog');
    await form.getByLabel('Name').fill('laptop');
    await form.getByRole('button', { name: 'Create' }).click();
    key = (await page().getByTestId('secret').textContent()) ?? '';
    expect(key).toMatch(/^sk-\w{48}$/);
    await page().getByRole('button', { name: 'Copy', exact: true }).click();
    await page().getByRole('button', { name: 'Done' }).click();
    expect(await page().content()).not.toContain(key);
    await tab.picture('tokens');
  });

  it('shows requests of both official clients as they end, each with its exact charge', async () => {
    await go('Logs');
    await page().getByText('No requests yet').waitFor();
    const openai = openaiClient(house.relay.url, key), anthropic = anthropicClient(house.relay.url, key);
    const messages = [{ role: 'user' as const, content: 'seen live' }], whole = { model, messages };
    const asks = [
      () => openai.chat.completions.create(whole),
      async () => { for await (const _chunk of await openai.chat.completions.create({ ...whole, stream: true })); },
      () => anthropic.messages.create({ ...whole, max_tokens: 300 }),
      () => anthropic.messages.stream({ ...whole, max_tokens: 300 }).finalMessage(),
    ];
    const rows = page().getByRole('table', { name: 'Logs' }).locator('tbody tr');
    for (const [index, ask] of asks.entries()) {
      await ask();
      await expect.poll(() => rows.count(), { timeout: 5_000 }).toBe(index + 1);
      expect(await rows.first().getByTitle(String(price)).count()).toBe(1);
    }
  });

  it('opens a row and shows how its charge adds up', async () => {
    await page().getByRole('table', { name: 'Logs' }).locator('tbody tr').first().click();
    const detail = page().getByRole('dialog', { name: 'Request' });
    await detail.getByText('How the charge adds up').waitFor();
    const lines = (await detail.getByTestId('arithmetic').locator('tbody tr').allTextContents()).map((text) => text.replaceAll(/[\s,]/g, ''));
    expect(lines).toEqual(['Input1000×11250', 'Output200×41000']);
    expect(await detail.getByTestId('charged').textContent()).toBe(String(price));
    await tab.picture('log-detail');
    await page().keyboard.press('Escape');
  });

  it('shows a balance that equals the ledger, and the auditor agrees', async () => {
    await go('Overview');
    const books = new Books(house.services.databaseUrl), { balance, entries } = await books.account('user:1');
    expect(balance).toBe(entries);
    await page().getByTitle(String(balance)).waitFor();
    expect(await page().getByTestId('figure-Requests').textContent()).toBe('4');
    const { code, output } = await audit(house.environment);
    expect(code, output).toBe(0);
  });

  it('does not ask the server while nothing happens', async () => {
    await go('Logs');
    await page().getByRole('table', { name: 'Logs' }).waitFor();
    await page().waitForLoadState('networkidle');
    const before = tab.fetched.length;
    await page().waitForTimeout(3_000);
    expect(tab.fetched.slice(before)).toEqual([]);
  });

  it('can be walked by keyboard alone', async () => {
    await page().keyboard.press('g');
    await page().keyboard.press('t');
    await page().getByRole('heading', { name: 'Tokens' }).waitFor();
    await page().keyboard.press('Control+k');
    await page().getByPlaceholder('Go to a page…').fill('Channels');
    await page().keyboard.press('Enter');
    await page().getByRole('heading', { name: 'Channels' }).waitFor();
  });

  it.each([
    { width: 1280, colours: 'light' as const, language: 'en', heading: 'Channels' },
    { width: 1280, colours: 'dark' as const, language: 'zh-CN', heading: '渠道' },
    { width: 360, colours: 'light' as const, language: 'zh-CN', heading: '渠道' },
    { width: 360, colours: 'dark' as const, language: 'en', heading: 'Channels' },
  ])('is whole and without barriers at $width px, $colours, in $language', async ({ width, colours, language, heading }) => {
    const other = await ConsolePage.open(browser, { width, colours, language });
    await other.page.context().addCookies(await page().context().cookies());
    for (const path of ['/node/channels', '/overview', '/tokens', '/logs']) {
      await other.page.goto(at(path));
      await other.page.getByRole('heading', { level: 1 }).waitFor();
      await other.page.waitForLoadState('networkidle');
      if (path === '/node/channels') expect(await other.page.getByRole('heading', { level: 1 }).textContent()).toBe(heading);
      expect(await other.isCutOff(), `${path} is wider than ${width} px`).toBe(false);
      expect(await other.barriers(), path).toEqual([]);
    }
    await other.picture(`logs-${width}-${colours}-${language}`);
    expect(other.faults).toEqual([]);
    await other.page.context().close();
  });

  it('signs out, and in again', async () => {
    await page().getByRole('button', { name: 'Account' }).click();
    await page().getByRole('menuitem', { name: 'Sign out' }).click();
    await page().getByLabel('User name or e-mail').fill(rootLogin.username);
    await page().getByLabel('Password', { exact: true }).fill('wrong');
    await page().getByRole('button', { name: 'Sign in' }).click();
    await page().getByRole('alert').waitFor();
    await page().getByLabel('Password', { exact: true }).fill(rootLogin.password);
    await page().getByRole('button', { name: 'Sign in' }).click();
    await page().getByRole('heading', { name: 'Welcome, root' }).waitFor();
  });

  it('has thrown nothing and logged no error all the while', () => expect(tab.faults).toEqual([]));
});
