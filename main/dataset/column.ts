/** One annotation of observations or variables. `NaN`, code -1 and '' mean missing. */
export type Column = NumericColumn | CategoricalColumn | StringColumn;

export interface NumericColumn {
  kind: 'numeric';
  name: string;
  /** [n] */
  values: Float64Array;
}

export interface CategoricalColumn {
  kind: 'categorical';
  name: string;
  /** [n], index into `categories`; -1 where missing. */
  codes: Int32Array;
  categories: string[];
  /** [nCategories], `#rrggbb`, where somebody chose them; else they follow from the sizes of the groups. */
  colours?: string[];
  /** True when the order of the categories carries meaning. */
  ordered: boolean;
}

export interface StringColumn {
  kind: 'string';
  name: string;
  /** [n] */
  values: string[];
}
