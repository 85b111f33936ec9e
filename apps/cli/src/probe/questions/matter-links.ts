import { contactUrl, matterUrl } from '@matterline/smokeball-client';
import { notSettled, settled } from '../finding';
import type { Probe } from '../probe';
import { idOf, rowsOf } from '../smokeball/members';

/** Only a person with a browser can say what a link shows. */
export const matterLinks: Probe = {
  id: 'matter-links',
  question: 'Do links to a matter and a contact open them in Smokeball?',
  needs: [],
  ask: async ({ smokeball, hosts, say, yesOrNo }) => {
    const matter = idOf(rowsOf(await smokeball.read('/matters', { query: { Limit: 1 } }))[0]);
    const contact = idOf(rowsOf(await smokeball.read('/contacts', { query: { Limit: 1 } }))[0]);
    if (matter === undefined || contact === undefined) {
      return notSettled('There is no matter or no contact to link to.', 'Add one in Smokeball, then run again.');
    }
    const links = [matterUrl(hosts, matter), contactUrl(hosts, contact)];
    const [toMatter, toContact] = links;
    say(`Open these in a browser that is signed in to Smokeball:\n  matter   ${toMatter}\n  contact  ${toContact}`);
    const isMatter = await yesOrNo('Did the first one show a matter?');
    const isContact = isMatter === null ? null : await yesOrNo('Did the second one show a contact?');
    if (isMatter === null || isContact === null) {
      return notSettled('Nobody was there to click.', 'Run it in a terminal and click the links that it shows.');
    }
    const says = (is: boolean) => (is ? 'opens' : 'does not open');
    return settled(`The link to a matter ${says(isMatter)}, that to a contact ${says(isContact)}.`, `a person clicked (${new URL(hosts.app).host}).`); // prettier-ignore
  },
};
