import type { CampaignPreview, PassChoices } from '@tessera/contract';
import type { Draft } from './draft.ts';

type ChoiceOfDesign = PassChoices['designs'][number];

/** How variables call the fields of a group, and how many of them they know. */
const GROUPS = {
  header: ['Header', 3],
  primary: ['Primary', 2],
  secondary: ['Second', 4],
  auxiliary: ['Auxiliary', 5],
  back: ['Back', 30],
} as const;
export type Group = keyof typeof GROUPS;

/** A place on cards, with what the field there is called by the designs that have it. */
export type Place = {
  readonly place: string;
  readonly group: Group;
  readonly number: number;
  readonly labels: readonly string[];
};

/** The designs whose cards are meant; which those of single cards are, the preview knows. */
export function designsOf(
  { scope, picked }: Pick<Draft, 'scope' | 'picked'>,
  choices: PassChoices,
  preview: Pick<CampaignPreview, 'designs'> | undefined,
): ChoiceOfDesign[] {
  const ids = new Set(picked[scope].map(({ id }) => id));
  if (scope === 'designs') return choices.designs.filter(({ designId }) => ids.has(designId));
  if (scope === 'certificates') return choices.designs.filter(({ credentialId }) => ids.has(credentialId ?? 0));
  const worn = new Set(preview?.designs.map(({ designId }) => designId));
  return choices.designs.filter(({ designId }) => worn.has(designId));
}

/** The places that cards of these designs have; the backs first, because news belong there. */
export function placesOf(designs: readonly ChoiceOfDesign[]): Place[] {
  const order = ['back', 'header', 'primary', 'secondary', 'auxiliary'] as const;
  return order.flatMap((group) => {
    const [name, most] = GROUPS[group];
    const fields = designs.map((design) => design.fields.filter((field) => field.group === group));
    const count = Math.min(most, Math.max(0, ...fields.map(({ length }) => length)));
    return Array.from({ length: count }, (_, index) => ({
      place: `${name}${index + 1}`,
      group,
      number: index + 1,
      labels: [...new Set(fields.flatMap((all) => all[index]?.label || []))],
    }));
  });
}

/** A place by its name, `Back1`. */
export function placeNamed(name: string): Pick<Place, 'group' | 'number'> | undefined {
  const found = /^([A-Z][a-z]+)(\d+)$/.exec(name);
  const group = (Object.keys(GROUPS) as Group[]).find((one) => GROUPS[one][0] === found?.[1]);
  return group && { group, number: Number(found?.[2]) };
}
