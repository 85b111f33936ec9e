/** How good or bad a state is; decides colour, never meaning: the words say it too. */
export type Tone = 'ok' | 'info' | 'wait' | 'bad' | 'quiet';

export interface StateWord {
  readonly tone: Tone;
  readonly word: string;
}
