/** How the spread of measures is drawn; for every dataset alike, until Lacuna is closed. */
class SpreadView {
  kind = $state<'histogram' | 'violin'>('histogram');
}

export const spreadView = new SpreadView();
