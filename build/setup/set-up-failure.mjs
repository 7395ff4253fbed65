/** A step of set-up that could not be done: what happened, and what the person can do, in plain words. */
export class SetUpFailure extends Error {
  /**
   * @param {string} message what happened
   * @param {string} advice what to do
   * @param {string} [output] the last lines that the failing program printed
   */
  constructor(message, advice, output = '') {
    super(message);
    this.name = 'SetUpFailure';
    this.advice = advice;
    this.output = output;
  }
}
