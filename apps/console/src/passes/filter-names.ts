/** Filters as they stand in the address: plain words, points as people count them. */
export const filterNames = [
  'search',
  'designId',
  'state',
  'installed',
  'platform',
  'pointsOver',
  'level',
  'createdFrom',
  'createdTo',
] as const;
/** Those of a sheet: only living cards are printed. */
export const printFilterNames = filterNames.filter((name) => name !== 'state');
export type FilterName = (typeof filterNames)[number];
export type Filters = { readonly [name in FilterName]?: string | undefined };
