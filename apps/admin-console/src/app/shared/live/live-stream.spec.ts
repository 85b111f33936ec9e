import { TestBed } from '@angular/core/testing';
import { FakeEventSource } from '../testing/fake-event-source';
import { Change } from './change';
import { EVENT_SOURCE_FACTORY } from './event-source-factory';
import { LiveStream } from './live-stream';
import { parseChange } from './parse-change';

describe('LiveStream', () => {
  let stream: LiveStream;
  let seen: Change[];

  beforeEach(() => {
    jest.useFakeTimers();
    FakeEventSource.all = [];
    TestBed.configureTestingModule({
      providers: [{ provide: EVENT_SOURCE_FACTORY, useValue: (url: string) => new FakeEventSource(url) }],
    });
    stream = TestBed.inject(LiveStream);
    seen = [];
    stream.changes.subscribe((change) => seen.push(change));
    stream.open();
  });
  afterEach(() => jest.useRealTimers());

  it('opens one stream, however often it is asked', () => {
    stream.open();
    expect(FakeEventSource.all.map((source) => source.url)).toEqual(['/api/v1/console/stream']);
    expect(stream.state()).toBe('connecting');
    FakeEventSource.latest.opens();
    expect(stream.state()).toBe('live');
    expect(seen).toEqual([]);
  });

  it('passes changes on and ignores what it does not know', () => {
    FakeEventSource.latest.opens();
    FakeEventSource.latest.sends('{"kind":"operation","id":"op_1"}');
    FakeEventSource.latest.sends('{"kind":"weather","id":"x"}');
    FakeEventSource.latest.sends('not json');
    expect(seen).toEqual([{ kind: 'operation', id: 'op_1' }]);
  });

  it('waits while the browser reconnects, then says that everything may have changed', () => {
    FakeEventSource.latest.opens();
    FakeEventSource.latest.breaks(false);
    expect(stream.state()).toBe('reconnecting');
    FakeEventSource.latest.opens();
    expect(FakeEventSource.all).toHaveLength(1);
    expect(seen).toEqual([{ kind: 'everything', id: null }]);
  });

  it('opens a new stream when the browser has given up', () => {
    FakeEventSource.latest.opens();
    FakeEventSource.latest.breaks(true);
    jest.advanceTimersByTime(5_000);
    expect(FakeEventSource.all).toHaveLength(2);
    expect(stream.state()).toBe('reconnecting');
    FakeEventSource.latest.opens();
    expect(stream.state()).toBe('live');
    expect(seen).toEqual([{ kind: 'everything', id: null }]);
  });

  it('stays closed after sign-out', () => {
    FakeEventSource.latest.breaks(true);
    stream.close();
    jest.advanceTimersByTime(60_000);
    expect(FakeEventSource.all).toHaveLength(1);
    expect(stream.state()).toBe('off');
  });
});

describe('parseChange', () => {
  const cases = [
    ['{"kind":"matter","id":"mat_1"}', { kind: 'matter', id: 'mat_1' }],
    ['{"kind":"connection"}', { kind: 'connection', id: null }],
    ['{"kind":"everything","id":"x"}', null],
    ['null', null],
    ['[]', null],
    [undefined, null],
  ] as const;

  it.each(cases)('%s', (data, expected) => {
    expect(parseChange(data)).toEqual(expected);
  });
});
