import { core } from '../rpc/client.ts';

type Methods = Awaited<ReturnType<typeof core.methods.list>>;

/** The methods that there are: asked for once, as they stay the same while the application runs. */
class MethodList {
  all = $state.raw<Methods>([]);
  #asked: Promise<Methods> | null = null;

  /** A question that failed is asked again the next time. */
  async load(): Promise<Methods> {
    this.#asked ??= core.methods.list();
    try {
      this.all = await this.#asked;
      return this.all;
    } catch (thrown) {
      this.#asked = null;
      throw thrown;
    }
  }
}

export const methodList = new MethodList();
