import type { BrowserContext, Page } from 'playwright-core';

/** Everything that a page complained about: script errors, refused resources, broken Content-Security-Policy. */
export class Complaints {
  readonly all: string[] = [];

  watch(context: BrowserContext): void {
    context.on('page', (page) => this.watchPage(page));
  }

  private watchPage(page: Page): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.all.push(`${page.url()}: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.all.push(`${page.url()}: ${error.message}`));
  }
}
