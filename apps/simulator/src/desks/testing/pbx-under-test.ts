import { jsonOf } from './json-of';
import { deskUnderTest, type DeskUnderTest } from './desk-under-test';

/** Where Matterline takes what this PBX tenant sends. */
export const TENANT = '/api/v1/vodia/pbx_01';

export interface PbxUnderTest extends DeskUnderTest {
  /** `POST /pbx/api/call`; gives the body. */
  phone(event: object): Promise<Record<string, unknown>>;
  /** The script-form events that Matterline saw. */
  events(): readonly Record<string, unknown>[];
}

/** A PBX desk with two phones, connected to a Matterline that answers every call event with `match`. */
export async function pbxUnderTest(match: object): Promise<PbxUnderTest> {
  const desk = await deskUnderTest();
  desk.matterline.plan(`PUT ${TENANT}/extensions`, { status: 200, body: { count: 2 } });
  desk.matterline.plan(`POST ${TENANT}/call-events`, { status: 200, body: match });
  desk.matterline.plan(`POST ${TENANT}/cdr`, { status: 202, body: {} });
  await desk.call('PUT', '/_sim/pbx', {
    api_url: desk.matterline.url,
    tenant_id: 'pbx_01',
    tenant_key: 'tenant-key',
    domain: 'law.example.com',
    did: '+13125550100',
    extensions: [
      { extension: '504', name: 'Tom Jones', email: 'tom@law.example.com' },
      { extension: '505', name: 'Ann Lee', email: 'ann@law.example.com' },
    ],
  });
  return {
    ...desk,
    phone: async (event) => (await desk.call('POST', '/pbx/api/call', event)).body,
    events: () => desk.matterline.sent(`POST ${TENANT}/call-events`).map(jsonOf),
  };
}
