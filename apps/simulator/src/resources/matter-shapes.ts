import type { Shape } from '../http/shape';

export const MATTER_STATUSES: ReadonlySet<string> = new Set(['Open', 'Pending', 'Closed', 'Deleted', 'Cancelled']);

/** `POST` and `PUT`. The traps `dateOpened` and `otherSidesIds` are not in it and so are ignored. */
export const MATTER_SHAPE = {
  ...texts(
    'externalSystemId number matterTypeId branchId branchProviderId clientRole otherSideRole description status',
  ),
  ...texts('leadClosedReason referralType referrerId referralAgreementFeeType referralAgreementFeeComment'),
  ...texts('personResponsibleStaffId personAssistingStaffId originatingStaffId supervisorStaffId clientCode'),
  clientIds: ['text'],
  otherSideIds: ['text'],
  openedDate: 'moment',
  closedDate: 'moment',
  leadOpenedDate: 'moment',
  leadClosedDate: 'moment',
  referralAgreementFee: 'number',
  personAssistingStaffIds: ['text'],
  originatingStaffIds: ['text'],
  splitOriginatingStaffSettings: {
    isEnabled: 'flag',
    splitMatterStaffs: [{ matterStaffId: 'text', matterStaffRatio: 'whole' }],
    splitMethod: 'text',
    remainderStaffId: 'text',
  },
  isLead: 'flag',
} as const satisfies Shape;

/** `PATCH` knows `dateOpened` and `items`, but no `otherSideRole`. */
export const MATTER_PATCH_SHAPE: Shape = {
  ...Object.fromEntries(Object.entries(MATTER_SHAPE).filter(([name]) => name !== 'otherSideRole')),
  dateOpened: 'moment',
  items: 'map',
};

/** Members that have a place of their own in a matter record; all others are kept in its `body`. */
export const OWN_MEMBERS: ReadonlySet<string> = new Set([
  ...['matterTypeId', 'clientIds', 'otherSideIds', 'clientRole', 'otherSideRole', 'status', 'isLead', 'number'],
  ...['items', 'dateOpened'],
]);

function texts(names: string): Record<string, 'text'> {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'text' as const]));
}
