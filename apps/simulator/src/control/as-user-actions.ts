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
}
