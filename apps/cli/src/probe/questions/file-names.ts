import { counted } from '../counted';
import { notSettled, settled, type Outcome } from '../finding';
import type { Probe, ProbePlace } from '../probe';
import { matter, maySeeWrites, shown, type WritingPlace } from '../records/kit';
import { FILES, newUpload, putBytes, sendUpload } from '../records/upload';
import { idOf, membersOf, rowsOf } from '../smokeball/members';

const LOOK_AT = 8;
const ALLOWED = { duplicate_file_names: 'allowed' };

/** Two files with one name in one folder, there already or made for it. */
export const fileNames: Probe = {
  id: 'file-names',
  question: 'May two files in one folder have the same name?',
  needs: [],
  ask: async (place) => {
    const { files, repeated } = await readNames(place);
    if (repeated > 0)
      return settled('Yes.', `${repeated} of ${files} files share folder and name with another.`, ALLOWED);
    if (maySeeWrites(place)) return await askWithRecords(place);
    return notSettled(
      `${counted(files, 'file was', 'files were')} seen, none with another’s folder and name, which proves nothing.`,
      'Run again with --write.',
    );
  },
};

async function readNames(place: ProbePlace): Promise<{ readonly files: number; readonly repeated: number }> {
  const matters = rowsOf(await place.smokeball.read('/matters', { query: { Limit: LOOK_AT } }));
  const seen = new Set<string>();
  let files = 0;
  for (const matterId of matters.flatMap((one) => idOf(one) ?? [])) {
    const answer = await place.smokeball.call('GET', FILES, { path: { matterId }, query: { Limit: 500 } });
    for (const file of rowsOf(answer.body)) {
      if (file['isDeleted'] === true || file['isCancelled'] === true) continue;
      files += 1;
      seen.add(
        `${matterId} ${idOf(file['folder']) ?? ''} ${String(file['name'])}${String(file['fileExtension'])}`.toLowerCase(),
      );
    }
  }
  return { files, repeated: files - seen.size };
}

async function askWithRecords(place: WritingPlace): Promise<Outcome> {
  const matterId = await matter(place);
  const fileName = `${place.throwAway.marker} twice.txt`;
  const first = await newUpload(place, matterId, fileName);
  await putBytes(first.url, 'probe');
  const route = `${FILES}/{fileId}`;
  const uploaded = await shown(place, route, { matterId, fileId: first.id }, (file) => file['isUploaded'] === true);
  if (uploaded === undefined)
    return notSettled('An uploaded file did not appear in time.', 'Give it longer with --wait.');
  const second = await sendUpload(place, matterId, fileName);
  if (second.id === undefined) {
    return settled('No: the second is refused.', `it got ${second.status}.`, { duplicate_file_names: 'refused' });
  }
  const { uploadUrl } = membersOf(second.body);
  if (second.id === first.id) return settled('No: it becomes a version of the first.', 'both have one id. The simulator has no position for it.'); // prettier-ignore
  if (typeof uploadUrl === 'string') await putBytes(uploadUrl, 'probe');
  const found = await shown(place, route, { matterId, fileId: second.id }, (file) => file['isUploaded'] === true);
  if (found === undefined)
    return notSettled('The second file was accepted and did not appear.', 'Give it longer with --wait.');
  return found['name'] === uploaded['name']
    ? settled('Yes.', 'two throw-away files have the same name.', ALLOWED)
    : settled('No: the second gets another name.', 'it was stored under another one.', {
        duplicate_file_names: 'numbered',
      });
}
