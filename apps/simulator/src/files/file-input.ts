import type { Call } from '../gateway/call';
import { readFields, refuseField, text, type Fields } from '../resources/read-input';
import type { FileInput } from './file-changes';

const LONGEST_NAME = 256;
const ADD_SHAPE = {
  fileName: 'text',
  folderId: 'text',
  userId: 'text',
  folderPath: 'text',
  fileAdditionalData: 'map',
  dateCreated: 'moment',
  dateModified: 'moment',
} as const;
const EDIT_SHAPE = {
  fileName: 'text',
  folderId: 'text',
  userId: 'text',
  fileAdditionalData: 'map',
  isFavorite: 'flag',
} as const;

/** The body of `POST …/files`. `folderPath` is for the caller to resolve. */
export function readAddFile(
  call: Call,
  body: unknown,
  matterId: string,
): FileInput & { readonly folderPath: string | null } {
  const fields = readFields(body, ADD_SHAPE);
  return {
    matterId,
    ...(call.world.isOff('fileNames') ? wholeName(fields) : splitName(fields)),
    folderId: text(fields['folderId']),
    folderPath: text(fields['folderPath']),
    ownerId: text(fields['userId']) ?? call.userId,
    additionalData: dataOf(fields),
    dateCreated: text(fields['dateCreated']),
    dateModified: text(fields['dateModified']),
    isFavorite: false,
  };
}

/** The body of `PUT` and `PATCH …/files/{id}`: the name is needed in both, and an absent folder means the root. */
export function readEditFile(
  call: Call,
  before: FileInput,
): Omit<FileInput, 'matterId' | 'dateCreated' | 'dateModified'> {
  const fields = readFields(call.body, EDIT_SHAPE);
  const keeps = call.world.isOff('editMovesToRoot');
  return {
    ...(keeps && text(fields['fileName']) === null ? before : splitName(fields)),
    folderId: text(fields['folderId']) ?? (keeps ? before.folderId : null),
    ownerId: text(fields['userId']) ?? before.ownerId,
    additionalData: fields['fileAdditionalData'] === undefined ? before.additionalData : dataOf(fields),
    isFavorite: typeof fields['isFavorite'] === 'boolean' ? fields['isFavorite'] : before.isFavorite,
  };
}

/** `report.final.pdf` is the name `report.final` and the extension `.pdf`. */
export function splitFileName(fileName: string): { readonly name: string; readonly fileExtension: string } {
  const dot = fileName.lastIndexOf('.');
  if (dot <= 0) return { name: fileName, fileExtension: '' };
  return { name: fileName.slice(0, dot), fileExtension: fileName.slice(dot) };
}

function splitName(fields: Fields): { readonly name: string; readonly fileExtension: string } {
  const fileName = text(fields['fileName']);
  if (fileName === null) return refuseField('fileName', 'The fileName field is required.');
  if (fileName.length > LONGEST_NAME) refuseField('fileName', `fileName must have at most ${LONGEST_NAME} characters.`);
  return splitFileName(fileName);
}

function wholeName(fields: Fields): { readonly name: string; readonly fileExtension: string } {
  return { name: text(fields['fileName']) ?? '', fileExtension: '' };
}

function dataOf(fields: Fields): Readonly<Record<string, unknown>> | null {
  const data = fields['fileAdditionalData'];
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : null;
}
