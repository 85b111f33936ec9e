import type { z } from 'zod';
import { FormError } from '../form-error';
import { matterForm, type DeskMatter } from './desk-matter';

export type MatterForm = z.output<typeof matterForm>;

/** Reads what the desk's form sent, or throws a `FormError` that names every wrong field. */
export function readMatterForm(input: unknown): MatterForm {
  const read = matterForm.safeParse(input);
  if (!read.success) throw FormError.of(read.error);
  return read.data;
}

/** The matter as a form with the changes of `patch` in it, so that one set of rules reads both new and changed matters. */
export function formOfMatter(matter: DeskMatter, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { client, ...fields } = patch;
  const [first, ...others] = matter.clients;
  const changed = isRecord(client) ? [{ ...first, ...client }, ...others] : matter.clients;
  return { ...matter, clients: changed, ...fields };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
