/** What the address of a new campaign may begin it with: another one, cards of one kind, a filter. */
export const beginnings = [
  'like',
  'designId',
  'credentialId',
  'passId',
  'installed',
  'platform',
  'pointsOver',
  'level',
  'createdFrom',
  'createdTo',
] as const;
export type Beginnings = { readonly [name in (typeof beginnings)[number]]?: string | undefined };
