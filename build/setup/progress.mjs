/**
 * Shows on standard error what set-up is doing, and for how long: on a terminal in one line that is rewritten, otherwise
 * a line each.
 */
export class Progress {
  #terminal = process.stderr.isTTY === true;
  #began = Date.now();
  #doing = '';
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /** @param {string} line */
  say(line) {
    process.stderr.write(`${line}\n`);
  }

  /** @param {string} title */
  begin(title) {
    this.#began = Date.now();
    this.say(title);
    if (this.#terminal) this.#timer = setInterval(() => this.#draw(), 250);
  }

  /** @param {string} doing */
  step(doing) {
    this.#doing = doing;
    if (this.#terminal) this.#draw();
    else this.say(`    ${doing} …`);
  }

  /** Ends what `begin` began. @param {string} note */
  end(note) {
    clearInterval(this.#timer);
    if (this.#terminal) process.stderr.write('\r\u001b[2K');
    this.#doing = '';
    const [first, ...rest] = note.split('\n');
    this.say(`    ${this.seconds()} s: ${first}`);
    for (const line of rest) this.say(`      ${line}`);
  }

  seconds() {
    return ((Date.now() - this.#began) / 1000).toFixed(1);
  }

  #draw() {
    process.stderr.write(`\r\u001b[2K    ${this.seconds()} s ${this.#doing} …`);
  }
}
