import type { Region } from '../model/region';

interface PhoneSeed {
  readonly areaCode?: string;
  readonly number: string;
}

/**
 * The same kinds of number as people really type them: split, whole, with signs, with a country code, with a leading
 * zero. Search compares them as they are. `line` is 0–99 and makes the last two digits.
 */
export function phoneSpelling(region: Region, style: number, line: number): PhoneSeed {
  const nn = `${line}`.padStart(2, '0');
  const spellings = SPELLINGS[region];
  return (spellings[style % spellings.length] ?? whole)(nn);
}

/** What people type when they are in a hurry: blanks at the ends, an extension, a remark. */
export const HURRIED_SPELLINGS: Readonly<Record<Region, readonly string[]>> = {
  us: [' 617 555 0155', '617-555-0156 x 12', '1-617-555-0157 (home, evenings)'],
  au: [' 0491 570 156', '02 5550 1560 ext 4', '0061 491 570 157 (mum)'],
  uk: [' 07700 900 155', '020-7946-0156 x 12', '+44 (0)20 7946 0157 / work'],
};

type Spelling = (nn: string) => PhoneSeed;

const whole: Spelling = (nn) => ({ number: `61755501${nn}` });

/** The last three digits of Australian mobile numbers that are kept free for fiction. */
const AU_MOBILES = ['006', '156', '157', '158', '159', '110', '313', '737', '266', '491', '804'];

function auMobile(nn: string): string {
  return AU_MOBILES[Number(nn) % AU_MOBILES.length] ?? '006';
}

const SPELLINGS: Readonly<Record<Region, readonly Spelling[]>> = {
  us: [
    whole,
    (nn) => ({ areaCode: '617', number: `55501${nn}` }),
    (nn) => ({ number: `(617) 555-01${nn}` }),
    (nn) => ({ number: `+1 617 555 01${nn}` }),
    (nn) => ({ areaCode: '617', number: `555-01${nn}` }),
    (nn) => ({ number: `617.555.01${nn}` }),
  ],
  au: [
    (nn) => ({ number: `0491570${auMobile(nn)}` }),
    (nn) => ({ number: `+61 491 570 ${auMobile(nn)}` }),
    (nn) => ({ areaCode: '02', number: `55501${nn}0` }),
    (nn) => ({ number: `(02) 5550 1${nn}0` }),
    (nn) => ({ number: `0491 570 ${auMobile(nn)}` }),
  ],
  uk: [
    (nn) => ({ number: `02079460${nn}0` }),
    (nn) => ({ number: `+44 20 7946 0${nn}0` }),
    (nn) => ({ areaCode: '020', number: `7946 0${nn}0` }),
    (nn) => ({ number: `07700 9001${nn}` }),
    (nn) => ({ number: `+447700 9001${nn}` }),
  ],
};
