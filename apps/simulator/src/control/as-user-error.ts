/** The record or the firm is not there, or the change is not possible. */
export class AsUserError extends Error {}
