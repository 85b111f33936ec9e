import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { Rendered, renderPage } from '../testing/render-page';
import { FakeEventSource } from '../testing/fake-event-source';
import { liveRead } from './live-read';
import { RELOAD_AFTER_MS } from '../live/reload-on-change';

@Component({
  selector: 'ml-probe',
  template: `{{ read.value()?.name }}|{{ read.problem()?.code }}|{{ read.busy() }}`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Probe {
  readonly id = signal('a');
  readonly read = liveRead<{ readonly name: string }>(
    () => ({ url: `/things/${this.id()}` }),
    (change) => change.kind === 'matter',
  );
}

describe('liveRead', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  const opened = async (): Promise<Rendered<Probe>> => {
    const page = await renderPage(Probe);
    await page.answer('/things/a', { name: 'first' });
    return page;
  };
  const pass = async (page: Rendered<Probe>): Promise<void> => {
    jest.advanceTimersByTime(RELOAD_AFTER_MS);
    await page.settle();
  };

  it('reads once after a burst of changes and keeps the old answer meanwhile', async () => {
    const page = await opened();
    for (let i = 0; i < 10; i++) page.change('matter', 'a');
    await pass(page);
    expect(page.text()).toBe('first||true');
    await page.answer('/things/a', { name: 'second' });
    expect(page.text()).toBe('second||false');
    page.http.verify();
  });

  it('does not read for changes that do not concern it', async () => {
    const page = await opened();
    page.change('pairing', 'x');
    await pass(page);
    page.http.verify();
  });

  it('reads again after a gap in the stream, when changes may have been missed', async () => {
    const page = await opened();
    FakeEventSource.latest.breaks(false);
    FakeEventSource.latest.opens();
    await pass(page);
    await page.answer('/things/a', { name: 'after the gap' });
    expect(page.text()).toBe('after the gap||false');
  });

  it('asks once more when a change comes during the first load', async () => {
    const page = await renderPage(Probe);
    page.change('matter');
    await pass(page);
    await page.answer('/things/a', { name: 'perhaps stale' });
    await pass(page);
    await page.answer('/things/a', { name: 'fresh' });
    expect(page.text()).toBe('fresh||false');
  });

  it('keeps the old answer beside the problem when a refresh fails', async () => {
    const page = await opened();
    page.change('matter');
    await pass(page);
    await page.refuse('/things/a', 503, 'unavailable', 'Away.');
    expect(page.text()).toBe('first|unavailable|false');
  });

  it('keeps the old answer while another question is asked', async () => {
    const page = await opened();
    page.fixture.componentInstance.id.set('b');
    await page.settle();
    expect(page.text()).toBe('first||true');
    await page.answer('/things/b', { name: 'other' });
    expect(page.text()).toBe('other||false');
  });

  it('drops the old answer when another question fails, and when access is refused', async () => {
    const page = await opened();
    page.fixture.componentInstance.id.set('b');
    await page.settle();
    await page.refuse('/things/b', 503, 'unavailable', 'Away.');
    expect(page.text()).toBe('|unavailable|false');
    page.fixture.componentInstance.id.set('a');
    await page.settle();
    await page.answer('/things/a', { name: 'first' });
    page.change('matter');
    await pass(page);
    await page.refuse('/things/a', 403, 'forbidden', 'No.');
    expect(page.text()).toBe('|forbidden|false');
  });
});
