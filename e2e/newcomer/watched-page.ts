import type { BrowserContext, Page, Response } from 'playwright-core';
import { noteLater } from '../../config/testing/answer-faults';
import { noteAnswer } from '../support/described-answers';

/** Everything that a page complained about: script errors, refused resources, broken Content-Security-Policy. */
export class Complaints {
  readonly all: string[] = [];

  /** What our API answers to the pages is also held against the OpenAPI document that it serves. */
  watch(context: BrowserContext): void {
    context.on('page', (page) => this.watchPage(page));
    context.on('response', (response) => noteLater(note(response)));
  }

  private watchPage(page: Page): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.all.push(`${page.url()}: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.all.push(`${page.url()}: ${error.message}`));
  }
}

async function note(response: Response): Promise<void> {
  const contentType = response.headers()['content-type'] ?? '';
  // A stream has no end to wait for, and a browser keeps no body of what it only followed or threw away.
  const hasBody = contentType.startsWith('application/json');
  const text = hasBody ? await response.text() : '';
  noteAnswer(response.url(), { method: response.request().method(), status: response.status(), contentType, text });
}
