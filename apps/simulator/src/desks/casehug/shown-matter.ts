import type { DeskMatter, DeskUpload } from './desk-matter';
import type { LiveView } from './live-view';

/** A matter as the page and tests see it: CaseHug's record with what Matterline last said of it under `matterline`. */
export function shownMatter(matter: DeskMatter, live: LiveView | undefined): Record<string, unknown> {
  const { uploads, ...fields } = matter;
  return {
    ...fields,
    documents: [...uploads].reverse().map((upload) => shownUpload(upload, uploads, live)),
    matterline: live === undefined ? null : { link: live.link, problem: live.problem, read_at: live.read_at },
  };
}

function shownUpload(
  upload: DeskUpload,
  all: readonly DeskUpload[],
  live: LiveView | undefined,
): Record<string, unknown> {
  const { decision_key: _key, ...fields } = upload;
  return {
    ...fields,
    upload_id: upload.id,
    replaced_by: all.find((other) => other.replaces_upload_id === upload.id)?.id ?? null,
    matterline: live?.documents[upload.id] ?? null,
  };
}
