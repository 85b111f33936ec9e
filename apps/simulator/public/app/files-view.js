import { call } from '/assets/api.js';
import { chip, h, size, time } from '/assets/dom.js';
import { tell } from '/assets/live.js';
import { formDialog, input, select } from './form-dialog.js';
import { asUser, TENANT } from './tenant.js';

/** The files of a matter, by folder, with what a Smokeball user may do to them. */
export function filesCard(matter, notice, again) {
  const live = matter.files.filter((file) => !file.isDeleted);
  const acts = fileActs(matter, notice, again);
  const folders = [{ id: null, name: '' }, ...matter.folders];
  const groups = folders
    .map((folder) => ({ folder, files: matter.files.filter((file) => folderOf(matter, file) === folder.id) }))
    .filter(({ folder, files }) => folder.id !== null || files.length > 0);
  return h(
    'section',
    { class: 'card', 'aria-label': 'Files' },
    h(
      'div',
      { class: 'card-head' },
      h('h2', null, `Files (${live.length})`),
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'button', 'data-key': 'upload', onclick: () => acts.upload() }, 'Upload a file'),
        h('button', { type: 'button', 'data-key': 'folder', onclick: () => acts.folder() }, 'New folder'),
      ),
    ),
    matter.files.length === 0 && matter.folders.length === 0 && h('p', { class: 'empty' }, 'No file yet.'),
    groups.map(({ folder, files }) => [
      folder.id !== null && h('h3', { class: 'folder' }, folderPath(matter, folder.id)),
      files.length === 0
        ? h('p', { class: 'muted small' }, 'Nothing in this folder.')
        : h(
            'ul',
            { class: 'list' },
            files.map((file) => fileItem(file, acts)),
          ),
    ]),
  );
}

/** A file whose folder is gone stands at the top level. */
function folderOf(matter, file) {
  return matter.folders.some((folder) => folder.id === file.folderId) ? file.folderId : null;
}

function folderPath(matter, id, depth = 0) {
  const folder = matter.folders.find((one) => one.id === id);
  if (folder === undefined || depth > 20) return '';
  const above = folder.parent ? folderPath(matter, folder.parent, depth + 1) : '';
  return above === '' ? folder.name : `${above} / ${folder.name}`;
}

function fileItem(file, acts) {
  const name = `${file.name}${file.fileExtension ?? ''}`;
  const versions = file.versions ?? [];
  return h(
    'li',
    { class: 'tight' },
    h(
      'div',
      { class: 'spread' },
      h('strong', { class: 'clip' }, name),
      file.isDeleted
        ? chip('bad', 'Deleted')
        : file.isUploaded
          ? chip('good', versions.length > 1 ? `Version ${versions.length}` : 'Stored')
          : chip('info', file.isCancelled ? 'Never uploaded' : 'Waiting for its bytes'),
    ),
    h(
      'p',
      { class: 'muted small clip' },
      size(file.sizeBytes),
      file.sha256 && [' · SHA-256 ', h('span', { class: 'mono' }, file.sha256)],
    ),
    h(
      'div',
      { class: 'row' },
      file.isUploaded &&
        h(
          'a',
          { class: 'button tiny', href: contentLink(file), download: name, 'aria-label': `Download ${name}` },
          'Download',
        ),
      !file.isDeleted && [
        act(`version-${file.id}`, 'New version', `New version of ${name}`, () => acts.upload(file)),
        act(`edit-${file.id}`, 'Rename or move', `Rename or move ${name}`, () => acts.edit(file)),
        act(`delete-${file.id}`, 'Delete', `Delete ${name}`, () => acts.remove(file), 'tiny danger'),
      ],
    ),
    h(
      'details',
      { 'data-key': `versions-${file.id}` },
      h('summary', { class: 'small' }, `${versions.length} ${versions.length === 1 ? 'version' : 'versions'}`),
      h('ul', { class: 'list' }, versions.map((version, index) => versionItem(file, version, index + 1)).reverse()),
    ),
  );
}

function versionItem(file, version, number) {
  const name = `${file.name}${file.fileExtension ?? ''}`;
  return h(
    'li',
    { class: 'small tight' },
    h(
      'div',
      { class: 'spread' },
      h('span', null, `Version ${number} · `, time(version.createdAt), ' · ', size(version.sizeBytes)),
      h(
        'a',
        {
          href: contentLink(file, version.versionId),
          download: name,
          'aria-label': `Download version ${number} of ${name}`,
        },
        `Download version ${number}`,
      ),
    ),
    h('span', { class: 'mono muted clip' }, version.sha256),
  );
}

function act(key, words, label, deed, kind = 'tiny') {
  return h('button', { type: 'button', class: kind, 'data-key': key, 'aria-label': label, onclick: deed }, words);
}

function contentLink(file, versionId) {
  const query = versionId ? `?${new URLSearchParams({ versionId })}` : '';
  return `/_sim/${TENANT}/files/${encodeURIComponent(file.id)}/content${query}`;
}

function fileActs(matter, notice, again) {
  const nameOf = (file) => `${file.name}${file.fileExtension ?? ''}`;
  return {
    /** With a file: its next version, under the name that it has. */
    upload: (file) => {
      const chooser = h('input', { type: 'file', 'aria-label': 'File to upload' });
      chooser.addEventListener('change', async () => {
        const [picked] = chooser.files;
        if (!picked) return;
        try {
          const query = file ? `?${new URLSearchParams({ fileId: file.id })}` : '';
          const headers = {
            'x-file-name': encodeURIComponent(picked.name),
            'content-type': 'application/octet-stream',
          };
          await call('POST', asUser(`matters/${matter.id}/files${query}`), picked, headers);
          tell(notice, 'good', file ? `${nameOf(file)} has a new version.` : `${picked.name} is uploaded.`);
          void again();
        } catch (problem) {
          tell(notice, 'bad', problem.message);
        }
      });
      chooser.click();
    },
    folder: () =>
      formDialog({
        title: 'New folder',
        submit: 'Create',
        fields: h(
          'div',
          { class: 'fields' },
          input('name', 'Name', '', { required: true, wide: 'wide' }),
          folderChoice(matter, 'parent', 'Inside', ''),
        ),
        notice,
        save: async (form) => {
          const name = form.elements.name.value;
          const parent = form.elements.parent.value || null;
          await call('POST', asUser(`matters/${matter.id}/folders`), { name, parent_folder_id: parent });
          void again();
          return `The folder ${name} is there.`;
        },
      }),
    edit: (file) =>
      formDialog({
        title: 'Rename or move the file',
        fields: h(
          'div',
          { class: 'fields' },
          input('name', 'Name', nameOf(file), { required: true, wide: 'wide' }),
          folderChoice(matter, 'folder', 'Folder', folderOf(matter, file) ?? ''),
        ),
        notice,
        save: async (form) => {
          const folder = form.elements.folder.value || null;
          await call('PATCH', asUser(`files/${file.id}`), { file_name: form.elements.name.value, folder_id: folder });
          void again();
          return 'Saved as a Smokeball user.';
        },
      }),
    remove: (file) =>
      formDialog({
        title: `Delete ${nameOf(file)}?`,
        words: 'It goes to Smokeball’s recycle bin with all its versions.',
        submit: 'Delete',
        danger: true,
        fields: [],
        notice,
        save: async () => {
          await call('DELETE', asUser(`files/${file.id}`));
          void again();
          return `${nameOf(file)} is deleted.`;
        },
      }),
  };
}

function folderChoice(matter, name, label, value) {
  const choices = matter.folders.map((one) => [one.id, folderPath(matter, one.id)]);
  return select(name, label, value, [['', 'Top level'], ...choices], { wide: 'wide' });
}
