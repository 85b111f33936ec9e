import type { Region } from '@matterline/smokeball-client';
import { splitForSmokeball } from './split-for-smokeball';

const CASES: readonly { region: Region; text: string; areaCode?: string; number: string }[] = [
  { region: 'us', text: '+1 (617) 399-8147', areaCode: '617', number: '3998147' },
  { region: 'us', text: '6173998147', areaCode: '617', number: '3998147' },
  { region: 'us', text: '+44 20 7946 0000', number: '+442079460000' },
  { region: 'us', text: '399-8147', number: '399-8147' },
  { region: 'us', text: ' ask reception ', number: 'ask reception' },
  { region: 'us', text: '(617) 399-8147 ext. 22', areaCode: '617', number: '3998147 x22' },
  { region: 'us', text: '+44 20 7946 0000 x5', number: '+442079460000 x5' },
  { region: 'uk', text: '020 7946 0000 ext 701', number: '02079460000 x701' },
  { region: 'us', text: '+1 (617) 399-8147;ext=42', areaCode: '617', number: '3998147 x42' },
  { region: 'us', text: '911', number: '911' },
  { region: 'au', text: '+61 2 9011 5974', number: '0290115974' },
  { region: 'au', text: '0412 345 678', number: '0412345678' },
  { region: 'au', text: '1300 123 456', number: '1300123456' },
  { region: 'au', text: '13 22 21', number: '132221' },
  { region: 'au', text: '+1 617 399 8147', number: '+16173998147' },
  { region: 'uk', text: '+44 (0)20 7946 0000', number: '02079460000' },
  { region: 'uk', text: '07400 123456', number: '07400123456' },
];

test.each(CASES)('$region: $text', ({ region, text, ...parts }) => {
  expect(splitForSmokeball(text, region)).toEqual(parts);
});
