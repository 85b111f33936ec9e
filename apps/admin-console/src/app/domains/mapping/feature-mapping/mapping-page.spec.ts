import { CaseType } from '@matterline/contracts';
import { describePageStates } from '../../../shared/testing/page-states';
import { Rendered, renderPage } from '../../../shared/testing/render-page';
import { MAPPINGS_URL, MATTER_TYPES_URL } from '../data/mapping-api';
import { aCaseType, anUnknownCaseType, CHOICES, EVERYTHING_ELSE } from '../testing/a-case-type';
import { MappingPage } from './mapping-page';

const DIVORCE = { id: 'type-1_IL', name: 'Divorce', category: 'Family Law', location: 'IL' };
const SURE = { matter_type: DIVORCE, client_role: null, how: 'exact_name', score: 1 } as const;
const listOf = (...rows: CaseType[]) => ({
  data: {
    case_types: [...rows, EVERYTHING_ELSE],
    locations: [
      { code: 'IL', name: 'Illinois' },
      { code: 'CA', name: 'California' },
    ],
  },
});

describePageStates('MappingPage', {
  page: MappingPage,
  url: MAPPINGS_URL,
  empty: listOf(),
  emptyWords: 'No case types yet',
});

describe('MappingPage', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  const shown = async (...rows: CaseType[]): Promise<Rendered<MappingPage>> => {
    const page = await renderPage(MappingPage);
    await page.answer(MAPPINGS_URL, listOf(...rows));
    return page;
  };
  const dialog = () => document.querySelector('mat-dialog-container') as HTMLElement;
  const words = () => (dialog().textContent ?? '').replace(/\s+/g, ' ');
  /** Until the dialog has gone, or what changed lately is read again. */
  const wait = async (page: Rendered<MappingPage>) => {
    jest.advanceTimersByTime(1_000);
    await page.settle();
  };
  const pick = async (page: Rendered<MappingPage>, label: string) => {
    const found = [...dialog().querySelectorAll('label')].find((one) => (one.textContent ?? '').includes(label));
    found?.querySelector('input')?.click();
    await page.settle();
  };

  it('shows what each case type becomes, how that is known and what waits', async () => {
    const page = await shown(
      anUnknownCaseType({ matters_waiting: 2 }),
      aCaseType(),
      aCaseType({ case_type: null, practice_area: 'personal_injury', becomes: SURE }),
    );
    expect(page.text()).toContain('2 matters wait for your choice.');
    for (const words of ['Space law', '2 matters wait', 'No Smokeball matter type is mapped'])
      expect(page.text()).toContain(words);
    for (const words of ['Divorce', 'Family Law · client is Petitioner', 'Best match · 98 %'])
      expect(page.text()).toContain(words);
    expect(page.text()).toContain('Personal injury');
    expect(page.text()).toContain('Same name');
    expect(page.text()).toContain('Everything else');
  });

  it.each(['support', 'auditor'] as const)('lets %s read only', async (role) => {
    const page = await renderPage(MappingPage, { role });
    await page.answer(MAPPINGS_URL, listOf(anUnknownCaseType()));
    expect(page.text()).toContain('Only a firm admin can change these.');
    expect(page.element.querySelectorAll('td button')).toHaveLength(0);
  });

  it('says when the firm is not connected, and offers no choice', async () => {
    const problem = { code: 'not_connected', message: 'The firm is not connected to Smokeball.', hint: '' } as const;
    const page = await shown(aCaseType({ becomes: null, problem }));
    expect(page.text()).toContain('Your firm is not connected to Smokeball.');
    expect(page.element.querySelectorAll('td button')).toHaveLength(0);
  });

  it('saves a choice for one state, and says what goes on because of it', async () => {
    const page = await shown(anUnknownCaseType({ matters_waiting: 1 }));
    page.button('Choose a type for Space law').click();
    await page.settle();
    expect(words()).toContain('What does “Space law” become?');
    await page.answer(`${MATTER_TYPES_URL}?location=IL`, { data: CHOICES });
    expect(page.button('Save').disabled).toBe(true);
    await pick(page, 'Adoption');
    page.button('Save').click();
    await page.settle();
    const sent = page.request(MAPPINGS_URL, 'PUT');
    expect(sent.request.body).toEqual({
      case_type: 'Space law',
      state: 'IL',
      matter_type_id: 'type-2_IL',
      location: 'IL',
      client_role: null,
    });
    sent.flush({ data: { case_type: aCaseType(), resumed: 1 } });
    await page.settle();
    await wait(page);
    await page.answer(MAPPINGS_URL, listOf(aCaseType()));
    expect(page.text()).not.toContain('Space law');
  });

  it('saves one for every state', async () => {
    const page = await shown(anUnknownCaseType());
    page.button('Choose a type for Space law').click();
    await page.settle();
    await page.answer(`${MATTER_TYPES_URL}?location=IL`, { data: CHOICES });
    await pick(page, 'every state');
    await pick(page, 'Divorce');
    page.button('Save').click();
    await page.settle();
    expect(page.request(MAPPINGS_URL, 'PUT').request.body).toMatchObject({ state: null, matter_type_id: 'type-1_IL' });
  });

  it('asks for a place first where none is known', async () => {
    const page = await shown();
    page.button('Choose a type for Everything else').click();
    await page.settle();
    expect(words()).toContain('Choose a place to see its matter types.');
  });

  it('says why it was not saved, and leaves the dialog open', async () => {
    const page = await shown(anUnknownCaseType());
    page.button('Choose a type for Space law').click();
    await page.settle();
    await page.answer(`${MATTER_TYPES_URL}?location=IL`, { data: CHOICES });
    await pick(page, 'Divorce');
    page.button('Save').click();
    await page.settle();
    page
      .request(MAPPINGS_URL, 'PUT')
      .flush(
        { error: { code: 'unavailable', message: 'Smokeball is away.', details: {} } },
        { status: 503, statusText: 'x' },
      );
    await page.settle();
    expect(words()).toContain('Nothing was changed.');
    expect(words()).toContain('Smokeball is away.');
  });

  it('takes a choice back', async () => {
    const mapping = {
      matter_type_id: 'type-1_IL',
      matter_type_name: 'Divorce',
      location: 'IL',
      client_role: null,
      updated_at: '2026-11-22T10:00:00.000Z',
    };
    const page = await shown(aCaseType({ mapping }));
    page.button('Change a type for Divorce').click();
    await page.settle();
    await page.answer(`${MATTER_TYPES_URL}?location=IL`, { data: CHOICES });
    page.button('Take my choice back').click();
    await page.settle();
    page.request(`${MAPPINGS_URL}?case_type=Divorce%20(Standard)&state=IL`, 'DELETE').flush(null);
    await page.settle();
    await wait(page);
    page.request(MAPPINGS_URL);
  });

  it('reads again when a matter changes', async () => {
    const page = await shown();
    page.change('matter', 'mat_1');
    await page.settle();
    await wait(page);
    await page.answer(MAPPINGS_URL, listOf(anUnknownCaseType()));
    expect(page.text()).toContain('Space law');
  });
});
