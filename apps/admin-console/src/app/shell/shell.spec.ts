import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { Notices } from '../shared/notices/notices';
import { FakeEventSource } from '../shared/testing/fake-event-source';
import { renderPage } from '../shared/testing/render-page';
import { Shell } from './shell';

describe('Shell', () => {
  it('names the firm, the landmarks, and what the stream does', async () => {
    const page = await renderPage(Shell);
    expect(page.text()).toContain('Harbor Law');
    expect(page.element.querySelectorAll('main')).toHaveLength(1);
    expect(page.element.querySelector('ml-live-indicator')?.textContent).toContain('Live');
    FakeEventSource.latest.breaks(false);
    await page.settle();
    expect(page.element.querySelector('ml-live-indicator')?.textContent).toContain('Reconnecting');
  });

  it('signs out and leads to the sign-in page', async () => {
    const page = await renderPage(Shell);
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    page.button('Profile of').click();
    await page.settle();
    page.button('Sign out').click();
    page.request('/api/v1/auth/logout', 'POST').flush(null, { status: 204, statusText: 'No content' });
    await page.settle();
    expect(navigate).toHaveBeenCalledWith(['/sign-in']);
  });

  it('says so when signing out failed', async () => {
    const page = await renderPage(Shell);
    page.button('Profile of').click();
    await page.settle();
    page.button('Sign out').click();
    page.request('/api/v1/auth/logout', 'POST').error(new ProgressEvent('error'));
    await page.settle();
    expect(page.text()).toContain('You are still signed in.');
  });

  it('keeps a problem until it is dismissed, with its id', async () => {
    const page = await renderPage(Shell);
    const problem = {
      kind: 'failed',
      code: 'x',
      message: 'It runs already.',
      hint: 'Wait.',
      requestId: 'req_9',
    } as const;
    TestBed.inject(Notices).complain('The retry could not be started.', problem);
    await page.settle();
    for (const words of ['The retry could not be started.', 'It runs already.', 'Wait.', 'req_9'])
      expect(page.text()).toContain(words);
    page.button('Dismiss').click();
    await page.settle();
    expect(page.text()).not.toContain('req_9');
  });
});
