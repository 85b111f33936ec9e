/** Smokeball's programs keep files in folders of Windows, where a slash in a name would be another folder. */
const SLASH = /[/\\]/g;

/** A file's name as Smokeball gets it. Everything but slashes stays as it was given. */
export const nameInSmokeball = (name: string): string => name.replace(SLASH, '-');
