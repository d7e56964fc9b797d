/** A stranger becomes a user: registers by an invite link, finds what the account offers, forgets the password. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../harness/books.ts';
import { chromiumPath, openBrowser } from '../../harness/browser.ts';
import { ConsolePage } from '../../harness/console-page.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { openHumanWidget } from '../../harness/human-widget.ts';
import { setOption, setUp } from '../../harness/steps.ts';

const password = 'nobody guesses this';

describe.skipIf(!chromiumPath)('an account of one\'s own', () => {
  let house: House, browser: Browser, tab: ConsolePage, operator: ControlClient, invite = '';
  const page = () => tab.page;
  const at = (path: string): string => `${house.controlPlane.url}${path}`;
  const section = (name: string) => page().getByRole('region', { name });

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    operator = await setUp(house);
    const options = { QuotaForNewUser: '500000', QuotaForInvitee: '250000', QuotaForInviter: '1000000', 'checkin_setting.enabled': 'true', 'checkin_setting.min_quota': '5000', 'checkin_setting.max_quota': '5000' };
    for (const [key, value] of Object.entries(options)) await setOption(operator, key, value);
    invite = (await operator.query<{ viewer: { invite: { url: string } } }>('{ viewer { invite { url } } }')).viewer.invite.url;
    tab = await ConsolePage.open(browser, { width: 1280 });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });
  afterEach(async ({ task }) => { if (task.result?.state === 'fail') await tab.lastView(task.name); });

  it('is made by an invite link, and signed in', async () => {
    await page().goto(at(new URL(invite).pathname + new URL(invite).search));
    await page().getByRole('heading', { name: 'Register' }).waitFor();
    await page().getByLabel('User name').fill('guest');
    await page().getByLabel('Password', { exact: true }).fill('password123');
    await page().getByLabel('Password again').fill('password123');
    await page().getByRole('button', { name: 'Register and sign in' }).click();
    await page().getByText('This password is one of the most common ones').waitFor();
    await page().getByLabel('Password', { exact: true }).fill(password);
    await page().getByLabel('Password again').fill(password);
    await page().getByLabel('E-mail').fill('guest@example.com');
    await tab.picture('register');
    await page().getByRole('button', { name: 'Register and sign in' }).click();
    await page().getByRole('heading', { name: 'Welcome, guest' }).waitFor();
    await page().getByTitle('750000').waitFor();
  });

  it('checks in, and redeems a code', async () => {
    await page().goto(at('/settings/account'));
    await section('Check in').getByRole('button', { name: 'Check in' }).click();
    await section('Check in').getByRole('button', { name: 'Checked in today' }).waitFor();
    await section('Balance').getByTitle('755000').waitFor();
    const made = await operator.query<{ redemptionBatchCreate: { codes: string[] } }>('mutation { redemptionBatchCreate(input: {name: "gift", count: 1, quota: 45000}, idempotencyKey: "gift") { codes } }');
    await page().getByLabel('Redemption code').fill(made.redemptionBatchCreate.codes[0]!);
    await page().getByRole('button', { name: 'Redeem' }).click();
    await section('Balance').getByTitle('800000').waitFor();
  });

  it('has an invite link, and tells its inviter what it brought', async () => {
    expect(await page().getByTestId('invite-link').textContent()).toMatch(/\/register\?aff=\w{4}$/);
    const { viewer } = await operator.query<{ viewer: { invite: object } }>('{ viewer { invite { count pending lifetime } } }');
    expect(viewer.invite).toEqual({ count: 1, pending: '1000000', lifetime: '1000000' });
  });

  it('keeps where to be told, and says what is wrong at its field', async () => {
    const notify = section('Notifications');
    await notify.getByRole('combobox', { name: 'Where' }).click();
    await page().getByRole('option', { name: 'Webhook' }).click();
    await notify.getByRole('button', { name: 'Save' }).click();
    await notify.getByText('The address to notify is missing or malformed').waitFor();
    await notify.getByLabel('Webhook address').fill('https://hooks.example/weir');
    await notify.getByLabel('Secret').fill('whkey');
    await notify.getByLabel('Warn below').fill('5');
    await notify.getByRole('button', { name: 'Save' }).click();
    await page().getByText('Saved').waitFor();
    await page().reload();
    expect([await notify.getByLabel('Webhook address').inputValue(), await notify.getByLabel('Secret').inputValue(), await notify.getByLabel('Warn below').inputValue()]).toEqual(['https://hooks.example/weir', '', '5']);
    await tab.picture('account');
  });

  it.each([{ width: 1280, colours: 'dark' as const, language: 'en' }, { width: 360, colours: 'light' as const, language: 'zh-CN' }])('is whole and without barriers at $width px, $colours, in $language', async ({ width, colours, language }) => {
    const other = await ConsolePage.open(browser, { width, colours, language });
    const look = async (path: string) => {
      await other.page.goto(at(path));
      await other.page.getByRole('heading', { level: 1 }).waitFor();
      await other.page.waitForLoadState('networkidle');
      expect(await other.isCutOff(), `${path} is wider than ${width} px`).toBe(false);
      expect(await other.barriers(), path).toEqual([]);
    };
    for (const path of ['/register', '/forgot-password', '/user/reset?email=a@example.com&token=x', '/sign-in']) await look(path);
    await other.page.context().addCookies(await page().context().cookies());
    await look('/settings/account');
    expect(other.faults).toEqual([]);
    await other.page.context().close();
  });

  it('that forgot its password learns nothing about others, and a wrong link sets nothing', async () => {
    await page().context().clearCookies();
    await page().goto(at('/sign-in'));
    await page().getByRole('link', { name: 'Forgot your password?' }).click();
    await page().getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page().getByLabel('E-mail', { exact: true }).fill('nobody@example.com');
    await page().getByRole('button', { name: 'Mail me a link' }).click();
    await page().getByText('If an account has this address, a mail is on its way.').waitFor();
    await page().goto(at('/user/reset?email=guest@example.com&token=guess'));
    await page().getByLabel('Password', { exact: true }).fill('a whole new one');
    await page().getByLabel('Password again').fill('a whole new one');
    expect(page().url()).not.toContain('token');
    await page().getByRole('button', { name: 'Set it' }).click();
    await page().getByText('The reset link is wrong or has expired').waitFor();
  });

  it('passes the human check, where the site asks for one', async () => {
    const widget = await openHumanWidget();
    const options = {
      TurnstileSiteKey: 'site key', TurnstileSecretKey: 'site secret', 'turnstile.script_url': `${widget.url}/api.js`, 'turnstile.verify_url': `${widget.url}/siteverify`, TurnstileCheckEnabled: 'true',
    };
    for (const [key, value] of Object.entries(options)) await setOption(operator, key, value);
    await page().goto(at('/sign-in'));
    await page().getByTestId('human-check').getByText('checked').waitFor();
    await page().getByLabel('User name or e-mail').fill('guest');
    await page().getByLabel('Password', { exact: true }).fill(password);
    await page().getByRole('button', { name: 'Sign in' }).click();
    await page().getByRole('heading', { name: 'Welcome, guest' }).waitFor();
    await setOption(operator, 'TurnstileCheckEnabled', 'false');
    widget.stop();
    await page().context().clearCookies();
  });

  it('cannot be made where registration is closed', async () => {
    await setOption(operator, 'RegisterEnabled', 'false');
    await page().goto(at('/register'));
    await page().getByText('Registration is closed here.').waitFor();
    await page().goto(at('/sign-in'));
    await page().getByRole('link', { name: 'Forgot your password?' }).waitFor();
    expect(await page().getByRole('link', { name: 'Register' }).count()).toBe(0);
  });

  it('leaves clean books, and a page that threw nothing', async () => {
    const { code, output } = await audit(house.environment);
    expect(code, output).toBe(0);
    expect(tab.faults).toEqual([]);
  });
});
