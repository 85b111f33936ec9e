/** A change asked for by a person in Smokeball's own pages. All throw `AsUserError` when the record is unknown. */
export interface AsUserActions {
  /** `fields` as in the write model of `POST /contacts`; `account_id` picks the firm (default: the tenant's first). */
  createContact(tenant: string, fields: Readonly<Record<string, unknown>>): { readonly id: string };
  updateContact(tenant: string, id: string, fields: Readonly<Record<string, unknown>>): { readonly id: string };
  /** `fields` as in the write model of `POST /matters`. */
  createMatter(tenant: string, fields: Readonly<Record<string, unknown>>): { readonly id: string };
  /** `fields` as in the write model of `PATCH /matters/{id}`, for example `{status: 'Closed'}`. */
  updateMatter(tenant: string, id: string, fields: Readonly<Record<string, unknown>>): { readonly id: string };
  /** Adds a stored file, or with `fileId` a new version of it. */
  addFile(
    tenant: string,
    matterId: string,
    file: { readonly fileName: string; readonly content: Buffer; readonly fileId?: string },
  ): { readonly id: string };
  /** Renames or moves a file; an absent member stays, `folderId: null` is the matter's top level. */
  editFile(
    tenant: string,
    fileId: string,
    change: { readonly fileName?: string; readonly folderId?: string | null },
  ): { readonly id: string };
  /** A soft delete, as in Smokeball's recycle bin. */
  deleteFile(tenant: string, fileId: string): { readonly id: string };
  addFolder(
    tenant: string,
    matterId: string,
    folder: { readonly name: string; readonly parentFolderId: string | null },
  ): { readonly id: string };
  /** These custom tags and no others; a name that is new becomes a tag of the firm. */
  tagContact(tenant: string, id: string, names: readonly string[]): { readonly id: string };
  tagMatter(tenant: string, id: string, names: readonly string[]): { readonly id: string };
}
