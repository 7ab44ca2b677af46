import {
  type BarcodeFormat,
  type DesignBody,
  type DesignField,
  type FieldGroup,
  type OwnThings,
  ownOr,
  type PassIdentity,
} from './model.ts';
import { fillTemplate, referencedField } from './variables.ts';

export type ResolvedField = {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly changeMessage?: string;
};

/** A card with finished texts: what every form of it (Apple, web, console) is rendered from. */
export type CardContent = {
  readonly organizationName: string;
  readonly description: string;
  readonly logoText: string;
  readonly colours: DesignBody['colours'];
  readonly images: DesignBody['images'];
  readonly fields: Readonly<Record<FieldGroup, readonly ResolvedField[]>>;
  readonly barcode: { readonly format: BarcodeFormat; readonly message: string; readonly altText: string } | null;
  readonly sharingProhibited: boolean;
  readonly voided: boolean;
  /** ISO 8601; absent: the card has no end. Absent, not null, so that cards without one keep their content's hash. */
  readonly expiresAt?: string;
};

export type CardInput = {
  readonly design: DesignBody;
  /** This card's own values by field key. */
  readonly ownValues: Readonly<Record<string, string>>;
  readonly own?: OwnThings;
  /** Texts of the variables of guest and account (see `takeVariables`); a missing one is empty. */
  readonly variables: Readonly<Record<string, string>>;
  readonly identity: PassIdentity;
  readonly voided: boolean;
  readonly expiresAt?: string | undefined;
};

/** A field that speaks of a field that speaks of a field: further than this nobody means it. */
const REFERENCE_DEPTH_MAX = 4;

/**
 * The one place where a card's texts come from: the card's own value, else the design's (an empty own value is none),
 * with the variables written in.
 * A field whose value is empty is left out (a field without a value has made whole passes unreadable on phones); of the
 * fields with a change message only the first keeps it, because two at once make a phone say only "changed".
 */
export function resolveCard(input: CardInput): CardContent {
  const { design, voided } = input;
  const tell = (depth: number) => (name: string) => tellVariable(input, name, depth);
  const text = (template: string) => fillTemplate(template, tell(0)).trim();
  let spoken = false;
  const resolveField = (field: DesignField): ResolvedField[] => {
    const value = text(ownOr(input.ownValues[field.key], field.value));
    if (value === '') return [];
    const speaks = !spoken && field.changeMessage?.includes('%@') === true;
    spoken ||= speaks;
    const changeMessage = speaks ? { changeMessage: field.changeMessage } : {};
    return [{ key: field.key, label: text(field.label), value, ...changeMessage }];
  };
  const resolveGroup = (group: FieldGroup) => design.fields[group].flatMap(resolveField);
  const message = design.barcode ? text(ownOr(input.own?.barcodeMessage, design.barcode.message)) : '';
  return {
    organizationName: design.organizationName,
    description: design.description,
    logoText: text(design.logoText),
    colours: design.colours,
    images: design.images,
    // In the order of the groups: the first change message is the one of the most visible field.
    fields: {
      header: resolveGroup('header'),
      primary: resolveGroup('primary'),
      secondary: resolveGroup('secondary'),
      auxiliary: resolveGroup('auxiliary'),
      back: resolveGroup('back'),
    },
    // A card that ended shows no code: nothing can be scanned by mistake.
    barcode:
      design.barcode && message !== '' && !voided
        ? { format: design.barcode.format, message, altText: text(design.barcode.altText) }
        : null,
    sharingProhibited: design.sharingProhibited,
    voided,
    ...(input.expiresAt ? { expiresAt: input.expiresAt } : {}),
  };
}

function tellVariable(input: CardInput, name: string, depth: number): string {
  const { design, identity, variables } = input;
  if (name === 'Serial') return identity.serial;
  if (name === 'GUID') return identity.guid;
  if (name === 'Token') return identity.token;
  if (name === 'logo')
    return depth < REFERENCE_DEPTH_MAX
      ? fillTemplate(design.logoText, (inner) => tellVariable(input, inner, depth + 1))
      : '';
  const reference = referencedField(name);
  if (!reference) return variables[name] ?? '';
  const field = design.fields[reference[0]][reference[1]];
  if (!field || depth >= REFERENCE_DEPTH_MAX) return '';
  return fillTemplate(ownOr(input.ownValues[field.key], field.value), (inner) => tellVariable(input, inner, depth + 1));
}
