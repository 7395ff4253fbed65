/** A gene of the chosen dataset; `index` is its position there. */
export interface RequestedGene {
  index: number;
  name: string;
  id: string;
}

/** What another part of the window asks Explore to show; Explore takes it when it sees it. */
class ExploreRequest {
  gene = $state.raw<RequestedGene | null>(null);

  showGene(gene: RequestedGene): void {
    this.gene = gene;
  }

  /** The gene to colour by, once. */
  takeGene(): RequestedGene | null {
    const { gene } = this;
    this.gene = null;
    return gene;
  }
}

export const exploreRequest = new ExploreRequest();
