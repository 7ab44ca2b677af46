export const SECTIONS = ['look', 'pictures', 'fields', 'code', 'when', 'links', 'languages', 'google', 'card'] as const;
export type Section = (typeof SECTIONS)[number];

const homes: Readonly<Record<string, Section>> = {
  images: 'pictures',
  fields: 'fields',
  poster: 'fields',
  barcode: 'code',
  nfc: 'code',
  changingCode: 'code',
  places: 'when',
  maxDistanceMetres: 'when',
  beacons: 'when',
  relevantDates: 'when',
  expiry: 'when',
  links: 'links',
  apps: 'links',
  featuredActions: 'links',
  texts: 'languages',
  google: 'google',
  name: 'card',
  credentialId: 'card',
  programmeId: 'card',
  sharingProhibited: 'card',
  groupingIdentifier: 'card',
};

/** The section in which the thing at this path is edited; what is not known stands with the look. */
export const sectionOf = (path: string): Section => homes[pathOf(path).split('/')[0] ?? ''] ?? 'look';

/** Paths come as `fields/back/terms`, from a schema as `/body/fields/back/0/value`. */
export const pathOf = (path: string): string => path.replace(/^\/?(body\/)?/, '');

/** The id of the input of a path: what stands there is the start of the paths of its parts. */
export const idOf = (path: string): string => `at-${path.replaceAll('/', '-')}`;

/** The nearest input on the page to a path: its own, else that of the whole it belongs to. */
export function findInput(path: string): HTMLElement | null {
  const steps = pathOf(path).split('/');
  for (let length = steps.length; length > 0; length -= 1) {
    const found = document.getElementById(idOf(steps.slice(0, length).join('/')));
    if (found) return found;
  }
  return null;
}
