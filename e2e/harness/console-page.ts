/** One tab of the console, watched: what it throws, what it fetches, and pictures of it for the docs. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../scripts/root.ts';

const axe = readFileSync(createRequire(join(root, 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(root, 'docs', 'screenshots');

export class ConsolePage {
  readonly faults: string[] = [];
  /** Addresses of what was fetched, page and parts included. */
  readonly fetched: string[] = [];
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') this.faults.push(message.text()); });
    page.on('request', (request) => {
      this.fetched.push(request.url());
      if (request.url().endsWith('/graphql')) this.noteText(request.postData() ?? '{}');
    });
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
      const message = JSON.parse(String(payload)) as { type: string; payload?: unknown };
      if (message.type === 'subscribe') this.noteText(JSON.stringify(message.payload));
    }));
  }

  static async open(browser: Browser, options: { width: number; colours?: 'light' | 'dark'; language?: string }): Promise<ConsolePage> {
    const { width, colours = 'light', language = 'en' } = options;
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: colours, locale: language, permissions: ['clipboard-read', 'clipboard-write'] });
    return new ConsolePage(await context.newPage());
  }

  /** The build must know the id of every document that the console sends. */
  private noteText(body: string): void {
    const { query } = JSON.parse(body) as { query?: string };
    if (query) this.faults.push(`sent as text: ${query}`);
  }

  /** Writes docs/screenshots/<name>.png, only when WEIR_SCREENSHOTS is set: pictures change with every font. */
  async picture(name: string): Promise<void> {
    if (!process.env.WEIR_SCREENSHOTS) return;
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
  }

  /** For a case that failed: what a person would have seen. */
  async lastView(name: string): Promise<void> {
    const path = join(tmpdir(), `weir-${name.replaceAll(/\W+/g, '-')}.png`);
    await this.page.screenshot({ path });
    console.log(`the page as it was: ${path}; it had said: ${this.faults.join('; ') || 'nothing'}`);
  }

  /** What axe finds wrong for people who use a keyboard, a screen reader or little contrast (WCAG A and AA). */
  async barriers(): Promise<string[]> {
    await this.page.evaluate(axe);                       // not as a script tag: the console's policy rightly refuses that
    const found = await this.page.evaluate(() => (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } })
      .axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }));
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }

  /** Whether the page is wider than its window. */
  isCutOff(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  }
}
