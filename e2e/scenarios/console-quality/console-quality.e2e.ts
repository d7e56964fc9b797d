/** What the console's story does not tell: the doors, panels and questions; keys alone; what must not be lost; what a visit loads. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { consolePages, consolePageSize } from '../../../scripts/console-sizes.ts';
import { chromiumPath, openBrowser } from '../../harness/browser.ts';
import { ConsolePage } from '../../harness/console-page.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { addChannel, changeChannel, makeToken, rootLogin, setUp } from '../../harness/steps.ts';

const model = 'gpt-4o';
const looks = [
  { width: 1280, colours: 'light', language: 'en' }, { width: 1280, colours: 'dark', language: 'zh-CN' },
  { width: 360, colours: 'light', language: 'zh-CN' }, { width: 360, colours: 'dark', language: 'en' },
] as const;

describe.skipIf(!chromiumPath)('console, quality', () => {
  let house: House, browser: Browser, tab: ConsolePage, operator: ControlClient, key = '', channelId = '';
  const page = () => tab.page;
  const at = (path: string): string => `${house.controlPlane.url}${path}`;
  const rows = () => page().locator('tbody tr[data-row]');
  const dialog = () => page().getByRole('dialog');
  const focusedRow = () => page().evaluate(() => document.activeElement?.getAttribute('data-row'));
  const press = async (...keys: string[]): Promise<void> => { for (const one of keys) await page().keyboard.press(one); };
  const isWhole = async (other: ConsolePage, what: string): Promise<void> => {
    expect(await other.isCutOff(), `${what} is wider than its window`).toBe(false);
    expect(await other.barriers(), what).toEqual([]);
  };
  /** A request; its number makes its length, so that no two rows are alike. */
  const ask = async (number = 0): Promise<void> => {
    const answer = await fetch(`${house.relay.url}/v1/chat/completions`, {
      method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ model: number % 3 ? model : 'gpt-4o-mini', stream: number % 2 === 0, messages: [{ role: 'user', content: 'tell me of rivers '.repeat(1 + (number * 7) % 40) }] }),
    });
    expect(answer.status, await answer.text()).toBe(200);
  };

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    tab = await ConsolePage.open(browser, { width: 1280 });
  });
  afterEach(async ({ task }) => { if (task.result?.state === 'fail') await tab.lastView(task.name); });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** KiB of script after gzip; with more, a page has grown and somebody should know why. */
  const budgets = { signIn: 170, setup: 190, overview: 250, channels: 270, tokens: 270, logs: 275 } satisfies Record<keyof typeof consolePages, number>;
  it.each(Object.entries(budgets) as [keyof typeof budgets, number][])('a first visit to %s loads at most %i KiB of script', (name, kibibytes) => {
    const { script, style } = consolePageSize(name);
    expect(script / 1024).toBeLessThan(kibibytes);
    expect(style / 1024).toBeLessThan(40);
  });

  it('opens its doors to everybody, in both languages and colours', async () => {
    for (const path of ['/setup', '/sign-in']) {
      if (path === '/sign-in') operator = await setUp(house);
      for (const look of looks) {
        const other = await ConsolePage.open(browser, look);
        await other.page.goto(at(path));
        await other.page.locator('input').first().press('Enter');         // with what it says of empty fields; no pointer, for colours change under it
        await other.page.locator('[aria-invalid=true]').first().waitFor();
        if (path === '/sign-in') await other.page.locator('a[href="/forgot-password"]').waitFor();   // what comes after the form is looked at, too
        await isWhole(other, `${path} ${look.colours} ${look.language}`);
        expect(other.faults).toEqual([]);
        await other.page.context().close();
      }
    }
  });

  it('is set up, from sign-in to a token, by keyboard alone', async () => {
    await page().goto(at('/console'));                                  // an old address
    await page().locator('input[name=username]').waitFor();
    await page().keyboard.type(rootLogin.username);
    await press('Tab');
    await page().keyboard.type(rootLogin.password);
    await press('Enter');
    await page().getByRole('heading', { name: 'Next steps' }).waitFor();
    expect(await page().locator('[data-done=true]').count()).toBe(0);
    await press('g', 'c');
    await page().getByText('No channels yet').waitFor();
    await press('c');
    await dialog().getByLabel('Name').waitFor();
    await expect.poll(() => page().evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await page().keyboard.type('OpenAI, main account');
    await press('Tab', 'Tab');                                          // past the provider: the first one is OpenAI
    await page().keyboard.type('sk-of-the-provider');
    await press('Tab');
    await page().keyboard.type(house.mock.url);
    await press('Tab');
    await page().keyboard.type(`${model},gpt-4o-mini,`);
    await page().getByRole('button', { name: 'Create' }).focus();
    await press('Enter');
    await rows().first().waitFor();
    await press('g', 't');
    await page().getByText('No tokens yet').waitFor();
    await press('c');
    await dialog().getByLabel('Name').waitFor();
    await expect.poll(() => page().evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await page().keyboard.type('laptop');
    await press('Enter');
    key = (await page().getByTestId('secret').textContent()) ?? '';
    await press('Escape');
    expect(await page().getByTestId('secret').count()).toBe(1);         // not before it was copied
    await press('Enter');
    await page().getByRole('button', { name: 'Copied' }).waitFor();
    await press('Escape');
    await expect.poll(() => page().getByTestId('secret').count()).toBe(0);
    expect(await page().evaluate(() => JSON.stringify([location.href, Object.entries(localStorage), Object.entries(sessionStorage)]))).not.toContain(key);
  });

  it('ticks its steps and moves its figures as requests end', async () => {
    await press('g', 'o');
    await expect.poll(() => page().locator('[data-done=true]').count()).toBe(2);
    await page().getByText('Live', { exact: true }).waitFor();
    await ask();
    await expect.poll(() => page().getByTestId('figure-Requests').textContent()).toBe('1');
    expect(await page().locator('[data-done=true]').count()).toBe(3);
  });

  it('keeps what is typed into a search, asks once, and leaves one place in the history', async () => {
    for (const name of ['Anthropic', 'Anthropic, spare']) channelId = await addChannel(operator, { name, type: 14, baseUrl: house.mock.url, models: ['claude-sonnet-4'] });
    await page().goto(at('/channels'));                                 // an old address
    await expect.poll(() => rows().count()).toBe(3);
    const places = await page().evaluate(() => history.length), before = tab.fetched.length;
    await press('/');
    await page().keyboard.type('spare', { delay: 30 });
    await expect.poll(() => rows().count()).toBe(1);
    expect(await page().getByRole('searchbox').inputValue()).toBe('spare');
    expect(tab.fetched.slice(before).filter((url) => url.endsWith('/graphql'))).toHaveLength(1);
    expect(await page().evaluate(() => history.length)).toBe(places);
    await page().reload();
    await expect.poll(() => rows().count()).toBe(1);
    await press('/');
    await page().keyboard.type('no such channel');
    await page().getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(() => rows().count()).toBe(3);
    expect(await page().getByRole('searchbox').inputValue()).toBe('');
  });

  it('walks rows, and switches one off and on, by keys', async () => {
    await page().getByRole('heading', { level: 1 }).click();
    await press('j', 'j', 'k', 'j');
    const second = await rows().nth(1).getAttribute('data-row');
    expect(await focusedRow()).toBe(second);
    await press('s');
    await rows().nth(1).getByText('Disabled').waitFor();
    expect(await focusedRow()).toBe(second);                            // it keeps its place
    await press('s');
    await rows().nth(1).getByText('Enabled').waitFor();
    await press('?');
    await dialog().getByText('Next row').first().waitFor();
    await dialog().getByLabel('Single letters act').click();
    await press('Escape');
    await expect.poll(() => dialog().count()).toBe(0);
    await press('c');
    expect(await dialog().count()).toBe(0);
    await page().evaluate(() => localStorage.removeItem('weir-keys'));
  });

  it('asks before changes are lost, and gives the focus back', async () => {
    await press('g', 't');
    await page().getByRole('heading', { name: 'Tokens' }).waitFor();
    await press('g', 'c');
    await page().getByRole('heading', { name: 'Channels' }).waitFor();
    await rows().first().waitFor();
    await press('j');
    const first = await focusedRow();
    await press('e');
    await dialog().getByLabel('Name').fill('something else');
    await press('Escape');
    const question = page().getByRole('dialog', { name: 'Leave without saving?' });
    await question.waitFor();
    await press('Escape');
    await expect.poll(() => question.count()).toBe(0);
    expect(await dialog().getByLabel('Name').inputValue()).toBe('something else');
    await page().evaluate(() => history.back());
    await question.getByRole('button', { name: 'Stay' }).click();
    await expect.poll(() => question.count()).toBe(0);
    await press('Escape');
    await question.getByRole('button', { name: 'Leave' }).click();
    await expect.poll(() => dialog().count()).toBe(0);
    await expect.poll(focusedRow).toBe(first);
  });

  it('says that somebody else changed it, and shows what is stored', async () => {
    const row = page().locator(`tr[data-row="${channelId}"]`);
    await row.click({ position: { x: 5, y: 5 } });
    await dialog().getByLabel('Remark').fill('mine');
    await changeChannel(operator, channelId, { remark: 'theirs' });
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Somebody changed it while you were here').waitFor();
    expect(await dialog().getByLabel('Remark').inputValue()).toBe('mine');
    await dialog().getByRole('button', { name: 'Discard them' }).click();
    await expect.poll(() => dialog().getByLabel('Remark').inputValue()).toBe('theirs');
    await dialog().getByLabel('Remark').fill('billed to research');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => dialog().count()).toBe(0);
    await row.getByText('billed to research').waitFor();
    await tab.picture('channels');
  });

  it('puts a refusal at its field', async () => {
    await press('c');
    await dialog().getByLabel('Name').fill('x'.repeat(500));
    await dialog().getByLabel('Credential').fill('k');
    await dialog().getByLabel(/^Models/).first().fill(`${model},`);
    await dialog().getByRole('button', { name: 'Create' }).click();
    await expect.poll(() => dialog().getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page().evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await press('Escape');
    await page().getByRole('button', { name: 'Leave' }).click();
    await expect.poll(() => dialog().count()).toBe(0);
  });

  it('lets new log rows wait while a reader is further down, and stops them on demand', async () => {
    await Promise.all(Array.from({ length: 24 }, (_, number) => ask(number)));
    await page().goto(at('/usage-logs/common'));                        // an old address
    await expect.poll(() => rows().count()).toBe(25);
    await page().mouse.wheel(0, 400);
    await expect.poll(() => page().evaluate(() => window.scrollY)).toBeGreaterThan(100);
    await ask();
    await page().getByRole('button', { name: '1 new' }).waitFor();
    expect(await rows().count()).toBe(25);
    await page().getByRole('button', { name: '1 new' }).click();
    await expect.poll(() => rows().count()).toBe(26);
    await tab.picture('logs');
    await press('p');
    await page().getByRole('button', { name: 'Go on' }).waitFor();
    await ask();
    await page().waitForTimeout(700);
    expect(await rows().count()).toBe(26);
    await press('p');
    await expect.poll(() => rows().count()).toBe(27);                   // from its cursor: nothing was missed
    const show = (state: 'hidden' | 'visible') => page().evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await show('hidden');
    await page().getByText('Live', { exact: true }).waitFor({ state: 'detached' });
    await ask();
    await show('visible');
    await expect.poll(() => rows().count()).toBe(28);
  });

  it('goes on from where it was when the control plane was away', async () => {
    const other = await ConsolePage.open(browser, looks[0]);
    await other.page.context().addCookies(await page().context().cookies());
    await other.page.goto(at('/logs?model=gpt-4o-mini'));
    await other.page.getByText('Live', { exact: true }).waitFor();
    const count = () => other.page.locator('tbody tr[data-row]').count();
    await expect.poll(count).toBeGreaterThan(0);
    const before = await count();
    await page().goto('about:blank');                                   // else its own live log, too, might try while nobody listens, and say so
    await house.controlPlane.stop();
    await other.page.getByText('Not live').waitFor();
    await ask();                                                        // the relay serves without it
    await house.controlPlane.start();
    await expect.poll(count, { timeout: 20_000 }).toBe(before + 1);
    await other.page.context().close();
  });

  it('has panels without barriers, wide and narrow, light and dark', async () => {
    await makeToken(operator, { name: 'nightly report', unlimited: false, quota: '2500000' });
    const panels = [['/node/channels', 'c'], ['/node/channels', 'e'], ['/tokens', 'e'], ['/admin/logs', 'Enter']] as const;
    for (const [index, [path, open]] of panels.entries()) {             // the pages beneath are looked at in all looks by the story
      const look = looks[index]!, other = await ConsolePage.open(browser, look);
      await other.page.context().addCookies(await page().context().cookies());
      await other.page.goto(at(path));
      await other.page.locator('tbody tr[data-row]').first().focus();
      await other.page.keyboard.press(open);
      await other.page.getByRole('dialog').locator('input, h2').nth(1).waitFor();
      await other.page.waitForTimeout(350);                             // it fades in: half-seen letters have no contrast
      await isWhole(other, `${path} with a panel, ${look.colours} ${look.language}`);
      expect(other.faults).toEqual([]);
      await other.page.context().close();
    }
  });

  it('has thrown nothing and logged no error all the while', () => expect(tab.faults).toEqual([]));
});
