/** What a CaseHug case type or practice area usually is called at Smokeball; resolved against the live catalogue, best first. */
export interface BuiltInMapping {
  readonly categories: readonly string[];
  readonly names: readonly string[];
  readonly roles: readonly string[];
}

const FAMILY = ['Family Law', 'Family'];
const PARTNER = ['Petitioner', 'Plaintiff', 'Applicant'];
const DIVORCE: BuiltInMapping = {
  categories: FAMILY,
  names: ['divorce', 'dissolution of marriage', 'dissolution'],
  roles: PARTNER,
};

/** Keys are normalised names of case types and practice areas. */
export const BUILT_IN: Readonly<Record<string, BuiltInMapping>> = {
  'divorce standard': DIVORCE,
  'divorce business owner': DIVORCE,
  divorce: DIVORCE,
  'custody only': {
    categories: FAMILY,
    names: ['custody', 'parenting', 'parentage', 'allocation of parental responsibilities'],
    roles: PARTNER,
  },
  'child support calculation': { categories: FAMILY, names: ['child support', 'support'], roles: PARTNER },
  'post decree modification': {
    categories: FAMILY,
    names: ['post decree', 'post judgment', 'modification'],
    roles: ['Petitioner', 'Movant'],
  },
  'family law': { categories: FAMILY, names: ['family law general', 'general', 'divorce'], roles: PARTNER },
  'personal injury': {
    categories: ['Personal Injury', 'Litigation', 'Torts'],
    names: ['personal injury plaintiff', 'motor vehicle accident', 'personal injury'],
    roles: ['Plaintiff', 'Claimant'],
  },
  'estate planning': {
    categories: ['Estate Planning', 'Wills, Trusts & Estates', 'Probate'],
    names: ['estate planning', 'estate plan', 'wills', 'trust'],
    roles: ['Client', 'Testator'],
  },
  immigration: {
    categories: ['Immigration'],
    names: ['family based', 'petition', 'general'],
    roles: ['Petitioner', 'Applicant', 'Beneficiary'],
  },
  criminal: {
    categories: ['Criminal', 'Criminal Defense', 'Criminal Law'],
    names: ['criminal defense', 'felony', 'misdemeanor', 'general'],
    roles: ['Defendant'],
  },
  business: {
    categories: ['Business', 'Corporate', 'Commercial'],
    names: ['business general', 'formation', 'company'],
    roles: ['Client'],
  },
  'real estate': {
    categories: ['Real Estate', 'Conveyancing', 'Residential Conveyancing'],
    names: ['purchase', 'buy', 'sale', 'sell', 'general'],
    roles: ['Buyer', 'Purchaser', 'Seller', 'Vendor'],
  },
};
