import { Injectable } from '@nestjs/common';
import type { MatterTypeChoices } from '@matterline/contracts';
import { Firms } from '@matterline/auth';
import { wordsOf } from '../types/names';
import { MappingReads } from './mapping-reads';

/** More than a person reads through. */
const SHOWN_MAX = 60;

/** Smokeball's matter types for choosing one. */
@Injectable()
export class SearchTypes {
  constructor(
    private readonly firms: Firms,
    private readonly reads: MappingReads,
  ) {}

  /** Every word of the question has to begin a word of the type's name or category. */
  async search(firmId: string, location: string, question = ''): Promise<MatterTypeChoices> {
    const firm = await this.firms.get(firmId);
    const types = await this.reads.types(firm, location.toUpperCase(), firm.settings.lead);
    const wanted = wordsOf(question);
    const fitting = types
      .map((type) => ({ type, words: wordsOf(`${type.name ?? ''} ${type.category ?? ''}`) }))
      .filter(({ words }) => wanted.every((word) => words.some((one) => one.startsWith(word))))
      .map(({ type }) => type)
      .sort((left, right) => label(left).localeCompare(label(right)));
    return {
      types: fitting.slice(0, SHOWN_MAX).map((type) => ({
        id: type.id,
        name: type.name ?? type.id,
        category: type.category ?? null,
        location: type.location ?? location.toUpperCase(),
        client_roles: [...type.representativeOptions],
      })),
      total: fitting.length,
    };
  }
}

const label = ({ category, name }: { readonly category?: string; readonly name?: string }) =>
  `${category ?? ''}/${name ?? ''}`;
