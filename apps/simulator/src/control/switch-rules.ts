import { BEHAVIOUR_COUNT } from './behaviours';
import type { Switches } from './switches';

interface Rule {
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
}

const oneOf = (...words: string[]): Rule => ({
  wanted: `one of ${words.join(', ')}`,
  fits: (value) => typeof value === 'string' && words.includes(value),
});

const PROBABILITY: Rule = {
  wanted: 'a number from 0 to 1',
  fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};

/** What a value must be beyond its kind. A switch that is not named here takes every value of its kind. */
export const SWITCH_RULES: Partial<Record<keyof Switches, Rule>> = {
  sync_checks: oneOf('shape', 'all'),
  phone_search: oneOf('raw', 'lenient'),
  name_search: oneOf('whole', 'parts'),
  webhooks_listed_by: oneOf('client', 'account', 'user'),
  files_updated_payload: oneOf('cursor', 'bare', 'file'),
  patch_null: oneOf('clears', 'ignored', 'refused'),
  reference_checks: oneOf('accepted', 'applied'),
  duplicate_file_names: oneOf('allowed', 'refused', 'numbered'),
  duplicate_p: PROBABILITY,
  reorder_p: PROBABILITY,
  drop_p: PROBABILITY,
  user_id_absent_p: PROBABILITY,
  frozen_at: {
    wanted: 'a moment such as 2026-11-02T09:00:00Z, or null',
    fits: (value) => value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value))),
  },
  off: {
    wanted: `numbers from 1 to ${BEHAVIOUR_COUNT}`,
    fits: (value) => Array.isArray(value) && value.every(isNumberOfBehaviour),
  },
};

function isNumberOfBehaviour(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= BEHAVIOUR_COUNT;
}
