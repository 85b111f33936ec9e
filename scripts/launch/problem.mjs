/** An expected failure, told to a person as one line: what is wrong, then what to do about it. Never shown with a stack trace. */
export class Problem extends Error {
  /**
   * @param {string} message what is wrong, a plain sentence
   * @param {string} [remedy] what to do about it, a plain sentence
   */
  constructor(message, remedy = '') {
    super(remedy === '' ? message : `${message} ${remedy}`);
    this.name = 'Problem';
  }
}
