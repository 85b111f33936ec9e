/** Invented but plausible: categories, the two roles of their types, and the types' names. */
export interface CategorySpec {
  readonly category: string;
  /** The client's role first, then the other side's. */
  readonly roles: readonly (readonly [string, string])[];
  readonly names: readonly string[];
}

const LITIGATION = [
  ['Plaintiff', 'Defendant'],
  ['Defendant', 'Plaintiff'],
] as const;
const APPLICATION = [
  ['Applicant', 'Respondent'],
  ['Respondent', 'Applicant'],
] as const;

export const CATEGORIES: readonly CategorySpec[] = [
  spec(
    'Family Law',
    [['Petitioner', 'Respondent'], ...APPLICATION],
    'Divorce, Custody, Child Support, Spousal Support, Adoption, Guardianship of a Child, Paternity, Prenuptial Agreement, Separation Agreement, Domestic Violence Order, Property Settlement, Parenting Plan, Relocation, Modification of Orders, Grandparent Visitation',
  ),
  spec(
    'Personal Injury',
    LITIGATION,
    'Motor Vehicle Accident, Slip and Fall, Medical Negligence, Wrongful Death, Product Liability, Dog Bite, Premises Liability, Boating Accident, Bicycle Accident, Pedestrian Accident, Nursing Home Injury, Assault Injury, Catastrophic Injury, Trucking Accident, Public Liability',
  ),
  spec(
    'Estate Planning',
    [
      ['Testator', 'Beneficiary'],
      ['Client', 'Trustee'],
    ],
    'Will, Living Trust, Power of Attorney, Advance Care Directive, Estate Plan Package, Special Needs Trust, Asset Protection Trust, Codicil, Charitable Trust, Family Trust, Succession Plan, Letter of Wishes',
  ),
  spec(
    'Probate',
    [
      ['Executor', 'Beneficiary'],
      ['Administrator', 'Creditor'],
    ],
    'Probate Administration, Letters of Administration, Small Estate, Contested Will, Ancillary Probate, Guardianship of an Adult, Conservatorship, Trust Administration, Estate Accounting, Family Provision Claim',
  ),
  spec(
    'Immigration',
    [
      ['Applicant', 'Sponsor'],
      ['Petitioner', 'Beneficiary'],
    ],
    'Family Visa, Skilled Work Visa, Student Visa, Asylum, Citizenship, Permanent Residence, Removal Defense, Investor Visa, Fiance Visa, Employer Sponsorship, Visa Appeal, Waiver, Travel Document, Bridging Visa',
  ),
  spec(
    'Criminal',
    [
      ['Defendant', 'Prosecution'],
      ['Accused', 'Complainant'],
    ],
    'Drink Driving, Traffic Offense, Drug Offense, Theft, Assault, Fraud, Bail Application, Appeal, Expungement, Juvenile Matter, White Collar, Weapons Charge, Probation Violation, Sentencing, Restraining Order Defense',
  ),
  spec(
    'Business',
    [
      ['Client', 'Counterparty'],
      ['Shareholder', 'Company'],
    ],
    'Company Formation, Partnership Agreement, Shareholder Agreement, Commercial Contract, Joint Venture, Franchise, Mergers and Acquisitions, Terms and Conditions, Confidentiality Agreement, Company Dissolution, Corporate Governance, Capital Raising, Licensing Agreement',
  ),
  spec(
    'Real Estate',
    [
      ['Buyer', 'Seller'],
      ['Seller', 'Buyer'],
      ['Borrower', 'Lender'],
    ],
    'Residential Purchase, Residential Sale, Commercial Purchase, Commercial Sale, Refinance, Residential Lease, Commercial Lease, Eviction, Title Dispute, Easement, Subdivision, Foreclosure, Construction Contract, Boundary Dispute, Off the Plan Purchase',
  ),
  spec(
    'Employment',
    [
      ['Employee', 'Employer'],
      ['Employer', 'Employee'],
    ],
    'Unfair Dismissal, Discrimination, Harassment, Wage Claim, Employment Contract, Redundancy, Non-Compete, Workplace Investigation, Whistleblower, Severance, Workplace Bullying',
  ),
  spec(
    'Workers Compensation',
    [
      ['Claimant', 'Employer'],
      ['Worker', 'Insurer'],
    ],
    'Workplace Injury, Occupational Disease, Claim Denial, Lump Sum Claim, Return to Work Dispute, Death Benefit, Medical Dispute, Third Party Claim',
  ),
  spec(
    'Litigation',
    LITIGATION,
    'Contract Dispute, Debt Recovery, Small Claims, Defamation, Professional Negligence, Insurance Dispute, Neighbor Dispute, Consumer Claim, Class Action, Judgment Enforcement, Mediation, Arbitration, Injunction',
  ),
  spec(
    'Bankruptcy',
    [
      ['Debtor', 'Creditor'],
      ['Creditor', 'Debtor'],
    ],
    'Personal Bankruptcy, Business Bankruptcy, Debt Agreement, Reorganization, Creditor Claim, Discharge Dispute, Receivership, Liquidation, Insolvency Advice',
  ),
  spec(
    'Intellectual Property',
    [
      ['Owner', 'Infringer'],
      ['Applicant', 'Opponent'],
    ],
    'Trademark Registration, Trademark Dispute, Copyright, Patent Application, Patent Dispute, Trade Secret, Design Registration, Domain Dispute, Content License',
  ),
  spec(
    'Tax',
    [['Taxpayer', 'Revenue Authority']],
    'Tax Dispute, Tax Audit, Tax Planning, Payroll Tax, Property Tax Appeal, Offer in Compromise, Tax Residency, Land Tax',
  ),
  spec(
    'Administrative',
    APPLICATION,
    'License Application, License Appeal, Judicial Review, Freedom of Information, Social Security Claim, Veterans Benefits, Disability Claim, Disciplinary Hearing',
  ),
  spec(
    'Elder Law',
    [['Client', 'Guardian']],
    'Aged Care Agreement, Medicaid Planning, Elder Abuse, Capacity Assessment, Retirement Village, Long Term Care',
  ),
  spec(
    'Education',
    [['Student', 'School']],
    'Special Education, School Discipline, Student Visa Appeal, Academic Misconduct, Bullying at School',
  ),
  spec(
    'Environment and Planning',
    APPLICATION,
    'Planning Permit, Zoning Appeal, Environmental Compliance, Water Rights, Compulsory Acquisition, Contamination Claim',
  ),
  spec(
    'Health',
    [['Patient', 'Provider']],
    'Medical Records Request, Involuntary Treatment, Health Insurance Appeal, Professional Registration',
  ),
  spec('General', [['Client', 'Other Side']], 'General Advice, Notary, Document Review, Legal Opinion, Retainer'),
];

/** Short codes, as `Location` takes them. */
export const LOCATIONS: Readonly<Record<'us' | 'au' | 'uk', readonly string[]>> = {
  us: 'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
    ' ',
  ),
  au: 'ACT NSW NT QLD SA TAS VIC WA'.split(' '),
  uk: 'EW SCT NI'.split(' '),
};

function spec(category: string, roles: CategorySpec['roles'], names: string): CategorySpec {
  return { category, roles, names: names.split(', ') };
}
