import { Type } from '@angular/core';
import { Rendered, renderPage } from './render-page';

export interface PageStates<T> {
  readonly page: Type<T>;
  readonly url: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** What the page reads beside its main question. */
  readonly aside?: (rendered: Rendered<T>) => Promise<void>;
  readonly empty: object;
  readonly emptyWords: string;
}

/** The four states that every page owes its reader besides the good one. */
export function describePageStates<T>(name: string, states: PageStates<T>): void {
  const open = async (): Promise<Rendered<T>> => {
    const rendered = await renderPage(states.page, { inputs: states.inputs });
    await states.aside?.(rendered);
    return rendered;
  };

  describe(`${name}: states`, () => {
    it('says that it is loading', async () => {
      const page = await open();
      expect(page.text()).toContain('Loading');
    });

    it('teaches when there is nothing yet', async () => {
      const page = await open();
      await page.answer(states.url, states.empty);
      expect(page.text()).toContain(states.emptyWords);
      expect(page.text()).not.toContain('Loading…');
    });

    it('shows what failed, what to do, and the id to quote; and tries again', async () => {
      const page = await open();
      await page.refuse(states.url, 503, 'unavailable', 'The database does not answer.', 'Try again in a minute.');
      expect(page.element.querySelector('[role=alert]')).not.toBeNull();
      expect(page.text()).toContain('The database does not answer.');
      expect(page.text()).toContain('Try again in a minute.');
      expect(page.text()).toContain('req_42');
      page.button('Try again').click();
      await page.settle();
      await page.answer(states.url, states.empty);
      expect(page.text()).toContain(states.emptyWords);
    });

    it('says so when the role may not see it, and offers no retry', async () => {
      const page = await open();
      await page.refuse(states.url, 403, 'forbidden', 'Your role does not include this.');
      expect(page.text()).toContain('You may not see this');
      expect(page.text()).not.toContain('Try again');
    });
  });
}
