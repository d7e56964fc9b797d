/** Every way into the console, in a browser: password and second step, passkey, an account elsewhere; and the question in between. */
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../harness/browser.ts';
import { ConsolePage } from '../../harness/console-page.ts';
import type { ControlClient } from '../../harness/control-client.ts';
import { FakeGitHub } from '../../harness/fake-github.ts';
import { type House, openHouse } from '../../harness/house.ts';
import { addChannel, rootLogin, setOption, setUp } from '../../harness/steps.ts';
import { stepNow, totp } from '../../harness/totp.ts';

describe.skipIf(!chromiumPath)('signing in', () => {
  let house: House, browser: Browser, tab: ConsolePage, gitHub: FakeGitHub, operator: ControlClient, site = '', secret = '', backupCodes: string[] = [];
  const page = () => tab.page;
  const dialog = () => page().getByRole('dialog');
  const section = (name: string) => page().getByRole('region', { name });
  const home = () => page().getByRole('heading', { name: 'Welcome, root' });
  const isWhole = async (what: string): Promise<void> => {
    expect(await tab.isCutOff(), `${what} is wider than its window`).toBe(false);
    expect(await tab.barriers(), what).toEqual([]);
  };
  const withPassword = async (): Promise<void> => {
    await page().getByLabel('User name').fill(rootLogin.username);
    await page().getByLabel('Password', { exact: true }).fill(rootLogin.password);
    await page().getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  const leave = async (): Promise<void> => {
    await page().getByRole('button', { name: 'Account' }).click();
    await page().getByRole('menuitem', { name: 'Sign out' }).click();
    await page().getByRole('heading', { name: 'Sign in' }).waitFor();
  };

  beforeAll(async () => {
    [house, browser, gitHub] = await Promise.all([openHouse(), openBrowser(), FakeGitHub.open()]);
    // Passkeys belong to a domain, which an address with numbers is not.
    site = house.controlPlane.url.replace('127.0.0.1', 'localhost');
    operator = await setUp(house);
    await addChannel(operator, { name: 'guarded', type: 1, baseUrl: house.mock.url, models: ['gpt-4o'], credentials: ['sk-guarded-credential'] });
    const options = { ServerAddress: site, 'passkey.enabled': 'true', GitHubClientId: 'client', GitHubClientSecret: 'secret', 'github.address': gitHub.url, 'github.api_address': gitHub.url, GitHubOAuthEnabled: 'true' };
    for (const [key, value] of Object.entries(options)) await setOption(operator, key, value);
    tab = await ConsolePage.open(browser, { width: 1280 });
    await page().goto(site);
  });
  afterEach(async ({ task }) => { if (task.result?.state === 'fail') await tab.lastView(task.name); });
  afterAll(async () => {
    gitHub?.close();
    await browser?.close();
    await house?.close();
  });

  it('shows the ways that are switched on', async () => {
    await page().getByRole('button', { name: 'Use a passkey' }).waitFor();
    await page().getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
    await isWhole('the sign-in with all its ways');
    await withPassword();
    await home().waitFor();
  });

  it('sets up an authenticator app, with a picture, text, codes and a first code', async () => {
    await page().getByRole('link', { name: 'Security' }).click();
    await section('Authenticator app').getByRole('button', { name: 'Switch on' }).click();
    secret = (await dialog().getByTestId('totp-secret').textContent())!;
    backupCodes = (await dialog().getByTestId('backup-codes').textContent())!.split('\n');
    expect(backupCodes).toHaveLength(4);
    await isWhole('the set-up of an app');
    await tab.picture('two-factor');
    await dialog().getByLabel('I stored it').check();
    await dialog().getByLabel('Six digits of the app').fill(totp(secret, stepNow()));
    await dialog().getByRole('button', { name: 'Switch on' }).click();
    await section('Authenticator app').getByText('4 backup codes left').waitFor();
    await isWhole('the security page');
  });

  it('asks for the second step, and takes a backup code once', async () => {
    await leave();
    await withPassword();
    await page().getByLabel('Code').fill(backupCodes[0]!);
    await isWhole('the second step');
    await page().getByRole('button', { name: 'Sign in', exact: true }).click();
    await home().waitFor();
    await leave();
    await withPassword();
    await page().getByLabel('Code').fill(backupCodes[0]!);
    await page().keyboard.press('Enter');
    await page().getByRole('alert').getByText('Wrong code').waitFor();
    // The half minute of the set-up is used up; six digits of the next one, which a clock may be ahead by, go by themselves.
    await page().getByLabel('Code').fill(totp(secret, stepNow() + 1));
    await home().waitFor();
  });

  it('shows the credential of a channel only to somebody who proves again who they are', async () => {
    await page().getByRole('link', { name: 'Channels', exact: true }).click();
    await page().getByRole('button', { name: 'More for guarded' }).click();
    await page().getByRole('menuitem', { name: 'Show credential' }).click();
    await dialog().getByText('Is it you?').waitFor();
    await isWhole('the question who is there');
    await dialog().getByLabel('Code').fill(backupCodes[1]!);
    await page().keyboard.press('Enter');
    expect(await page().getByTestId('revealed').textContent()).toBe('sk-guarded-credential');
    await page().keyboard.press('Escape');
  });

  it('adds a passkey and signs in with it, without a second step', async () => {
    const devices: CDPSession = await page().context().newCDPSession(page());
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await page().getByRole('link', { name: 'Security' }).click();
    await section('Passkeys').getByLabel('Name of the new passkey').fill('My laptop');
    await section('Passkeys').getByRole('button', { name: 'Add a passkey' }).click();
    await section('Passkeys').getByText('My laptop').waitFor();
    await leave();
    await page().getByRole('button', { name: 'Use a passkey' }).click();
    await home().waitFor();
  });

  it('binds an account elsewhere and signs in with it, second step included', async () => {
    await page().getByRole('link', { name: 'Security' }).click();
    await section('Accounts elsewhere').getByRole('button', { name: 'Bind GitHub' }).click();
    await section('Accounts elsewhere').getByText('GitHub: octo-person').waitFor();
    await tab.picture('security');
    expect(page().url(), 'code and state are out of the address').toBe(`${site}/settings/security`);
    await leave();
    await page().getByRole('button', { name: 'Sign in with GitHub' }).click();
    await page().getByLabel('Code').fill(backupCodes[2]!);
    await page().keyboard.press('Enter');
    await home().waitFor();
  });

  it('sends somebody back who comes with a state that is not theirs', async () => {
    await page().goto(`${site}/oauth/github?code=a-code&state=forged`);
    await page().getByText('OAuth state does not match').waitFor();
    await page().goto(`${site}/settings/security`);
    await section('Where you are signed in').getByText('this browser').waitFor();
  });

  it('is whole on a phone, in the dark, in Chinese', async () => {
    const phone = await ConsolePage.open(browser, { width: 360, colours: 'dark', language: 'zh-CN' });
    await phone.page.goto(site);
    await phone.page.getByRole('button', { name: '使用 GitHub 登录' }).waitFor();
    await phone.page.getByLabel('用户名或邮箱').fill(rootLogin.username);
    await phone.page.getByLabel('密码', { exact: true }).fill(rootLogin.password);
    await phone.page.getByRole('button', { name: '登录', exact: true }).click();
    await phone.page.getByLabel('验证码').fill(backupCodes[3]!);
    await phone.page.keyboard.press('Enter');
    await phone.page.getByRole('heading', { level: 1, name: /root/i }).waitFor();
    await phone.page.goto(`${site}/settings/security`);
    await phone.page.getByRole('region', { name: '通行密钥' }).getByText('My laptop').waitFor();
    expect([await phone.isCutOff(), await phone.barriers()]).toEqual([false, []]);
    await phone.picture('security-phone');
    expect(phone.faults).toEqual([]);
  });

  it('had no fault of its own', () => {
    // A refused state is a 4xx that the browser writes down; anything else would be ours.
    expect(tab.faults.filter((fault) => !/status of 40[13]/.test(fault))).toEqual([]);
  });
});
