import type { Language } from '@tessera/contract/messages';
import { fitBarcode } from './design/barcode.ts';
import { nearestPlaces, PLACES_ON_CARD_MAX } from './design/nearest-places.ts';
import { withOwnPictures } from './design/pictures-of-language.ts';
import { readTyped, type TypedValue, tellTyped } from './design/typed-value.ts';
import {
  type Anchor,
  type BarcodeFormat,
  type DesignBeacon,
  type DesignBody,
  type DesignField,
  type DesignPlace,
  type FieldGroup,
  type OwnThings,
  ownOr,
  type PassIdentity,
} from './model.ts';
import { fillTemplate, referencedField } from './variables.ts';

export type ResolvedField = {
  readonly key: string;
  readonly label: string;
  /** A finished text. */
  readonly value: string;
  readonly changeMessage?: string;
  readonly alignment?: DesignField['alignment'];
  readonly row?: DesignField['row'];
  /** What phones that can write it in their owner's way are given. */
  readonly typed?: TypedValue;
  /** A campaign speaks in it. */
  readonly announced?: true;
};

/**
 * A card with finished texts: what every form of it (Apple, web, Google, print, console) is rendered from. What a card
 * does not have is absent, not null or empty, so that a design without it keeps its content's hash.
 */
export type CardContent = {
  readonly organizationName: string;
  readonly description: string;
  readonly logoText: string;
  readonly colours: DesignBody['colours'];
  readonly images: DesignBody['images'];
  readonly fields: Readonly<Record<FieldGroup, readonly ResolvedField[]>>;
  readonly barcode: {
    readonly format: BarcodeFormat;
    readonly message: string;
    readonly altText: string;
    readonly encoding?: 'iso-8859-1' | 'utf-8';
  } | null;
  readonly sharingProhibited: boolean;
  readonly voided: boolean;
  /** ISO 8601; absent: the card has no end. */
  readonly expiresAt?: string;
  readonly style: DesignBody['style'];
  readonly poster?: {
    readonly title: string;
    readonly header: readonly ResolvedField[];
    readonly primary: readonly ResolvedField[];
    readonly footer: readonly ResolvedField[];
    /** Below the card, in a section of its own; absent: none. */
    readonly additional?: readonly ResolvedField[];
  };
  /** At most ten, the nearest first. */
  readonly places?: readonly Omit<DesignPlace, 'texts'>[];
  readonly maxDistanceMetres?: number;
  readonly beacons?: readonly Omit<DesignBeacon, 'texts'>[];
  readonly relevantDates?: DesignBody['relevantDates'];
  readonly links?: readonly { readonly label: string; readonly url: string }[];
  readonly apps?: DesignBody['apps'];
  readonly featuredActions?: DesignBody['featuredActions'];
  readonly nfc?: {
    readonly message: string;
    readonly encryptionPublicKey: string;
    readonly requiresAuthentication: boolean;
  };
  readonly groupingIdentifier?: string;
};

/** A card's content in one language. */
export type LocalContent = { readonly language: Language; readonly content: CardContent };

/** A card in its languages; the first is the one for whoever reads none of the others. */
export type LocalContents = readonly [LocalContent, ...LocalContent[]];

export type CardInput = {
  readonly design: DesignBody;
  /** This card's own values by field key. */
  readonly ownValues: Readonly<Record<string, string>>;
  readonly own?: OwnThings;
  /** Texts of the variables of guest and account (see `takeVariables`); a missing one is empty. */
  readonly variables: Readonly<Record<string, string>>;
  /** Their plain numbers and days (see `takePlainValues`). */
  readonly plain?: Readonly<Record<string, string>>;
  /** The first language's, by which values with a format are read: they are the same in every language. */
  readonly origin?: Pick<CardInput, 'design' | 'variables'>;
  readonly anchor?: Anchor | null;
  readonly identity: PassIdentity;
  readonly voided: boolean;
  readonly expiresAt?: string | undefined;
  /** The code of the moment, where codes change. */
  readonly code?: string | undefined;
};

/** A field that speaks of a field that speaks of a field: further than this nobody means it. */
const REFERENCE_DEPTH_MAX = 4;

/**
 * The one place where a card's texts come from: the card's own value, else the design's (an empty own value is none),
 * with the variables written in.
 * A field whose value is empty is left out (a field without a value has made whole passes unreadable on phones); of the
 * fields with a change message only the first keeps it, because two at once make a phone say only "changed"; the one in which a
 * campaign speaks has one beside it, since it changes at another time.
 */
export function resolveCard(input: CardInput): CardContent {
  const { design, voided, own } = input;
  const text = (template: string) => fillTemplate(template, (name) => tellVariable(input, name, 0)).trim();
  let spoken = false;
  const resolveField = (field: DesignField, group: FieldGroup): ResolvedField[] => {
    const { value, typed } = resolveValue(input, field, text);
    if (value === '') return [];
    const announced = own?.news?.field === field.key;
    const speaks = !announced && !spoken && field.changeMessage?.includes('%@') === true;
    spoken ||= speaks;
    const changeMessage = speaks ? { changeMessage: field.changeMessage } : {};
    const message = announced ? ({ changeMessage: '%@', announced } as const) : changeMessage;
    const rest = { ...message, ...placeOf(field, group, design.style), ...(typed ? { typed } : {}) };
    return [{ key: field.key, label: text(field.label), value, ...rest }];
  };
  const resolveGroup = (group: FieldGroup) => design.fields[group].flatMap((field) => resolveField(field, group));
  // In the order of the groups: the first change message is the one of the most visible field.
  const fields = {
    header: resolveGroup('header'),
    primary: resolveGroup('primary'),
    secondary: resolveGroup('secondary'),
    auxiliary: resolveGroup('auxiliary'),
    back: resolveGroup('back'),
  };
  return {
    organizationName: design.organizationName,
    description: design.description,
    logoText: text(design.logoText),
    colours: design.colours,
    images: onCard(withOwnPictures(design.images, own?.news?.images)),
    fields,
    barcode: resolveBarcode(input, text),
    sharingProhibited: design.sharingProhibited,
    voided,
    ...(input.expiresAt ? { expiresAt: input.expiresAt } : {}),
    style: design.style,
    ...(design.poster ? { poster: resolvePoster(design.poster, fields, text) } : {}),
    ...resolveNearby(design, input.anchor ?? null),
    ...resolveLinks(input, design),
    ...resolveNfc(input, text),
    ...(design.groupingIdentifier ? { groupingIdentifier: design.groupingIdentifier } : {}),
  };
}

type Fill = (template: string) => string;

/** The value as a text for everybody, and as a number or a date where it reads as one. */
function resolveValue(input: CardInput, field: DesignField, text: Fill): Pick<ResolvedField, 'value' | 'typed'> {
  const template = ownOr(input.ownValues[field.key], field.value);
  if (!field.format) return { value: text(template) };
  const first = { ...input, ...input.origin };
  const plain = fillTemplate(template, (name) => input.plain?.[name] ?? tellVariable(first, name, 0)).trim();
  const typed = readTyped(plain, field.format);
  return typed ? { value: tellTyped(typed, input.design.language), typed } : { value: text(template) };
}

/** Alignment and row, where a phone heeds them. */
function placeOf({ alignment, row }: DesignField, group: FieldGroup, style: DesignBody['style']) {
  const aligned = alignment && group !== 'primary' && group !== 'back';
  return {
    ...(aligned ? { alignment } : {}),
    ...(row !== undefined && group === 'auxiliary' && style === 'eventTicket' ? { row } : {}),
  };
}

/** Google's wide picture is of its class: a card does not change with it. */
const onCard = (images: DesignBody['images']): DesignBody['images'] =>
  Object.fromEntries(Object.entries(images).filter(([name]) => !name.startsWith('hero')));

/** In the order of the design: a guest who comes to another of the same ten venues has the same card. */
const inOrder = (places: readonly DesignPlace[], near: readonly DesignPlace[]): readonly DesignPlace[] =>
  places.filter((place) => near.includes(place));

function resolveBarcode({ design, own, voided, code }: CardInput, text: Fill): CardContent['barcode'] {
  // A card that ended shows no code: nothing can be scanned by mistake.
  if (!design.barcode || voided) return null;
  const { format, encoding, altText } = design.barcode;
  const message = text(ownOr(own?.barcodeMessage, code ?? design.barcode.message));
  const fitting = fitBarcode(format, message);
  return fitting && { format: fitting, message, altText: text(altText), ...(encoding ? { encoding } : {}) };
}

function resolvePoster(poster: NonNullable<DesignBody['poster']>, fields: CardContent['fields'], text: Fill) {
  const all = Object.values(fields).flat();
  const used = new Set<string>();
  // In the order of the poster, each field once: phones refuse a key that is there twice. An empty one is left out.
  const pick = (keys: readonly string[]) =>
    keys.flatMap((key) => {
      const field = used.has(key) ? undefined : all.find((one) => one.key === key);
      used.add(key);
      return field ?? [];
    });
  const { header, primary, footer, additional = [], title = '' } = poster;
  const front = { title: text(title), header: pick(header), primary: pick(primary), footer: pick(footer) };
  const below = pick(additional);
  return { ...front, ...(below.length > 0 ? { additional: below } : {}) };
}

function resolveNearby(design: DesignBody, anchor: Anchor | null) {
  const { places = [], beacons = [], maxDistanceMetres, relevantDates = [] } = design;
  const plain = <Item extends { readonly texts?: unknown }>({ texts: _, ...item }: Item) => item;
  return {
    ...(places.length > 0 ? { places: inOrder(places, nearestPlaces(places, anchor)).map(plain) } : {}),
    ...(maxDistanceMetres !== undefined && places.length > 0 ? { maxDistanceMetres } : {}),
    ...(beacons.length > 0 ? { beacons: beacons.slice(0, PLACES_ON_CARD_MAX).map(plain) } : {}),
    ...(relevantDates.length > 0 ? { relevantDates } : {}),
  };
}

function resolveLinks(input: CardInput, { links: drawn = [], apps, featuredActions = [] }: DesignBody) {
  const url = input.own?.news?.url;
  const links = url === undefined ? drawn : [{ label: '', url }, ...drawn];
  const address = (url: string) => fillTemplate(url, (name) => encodeURIComponent(tellVariable(input, name, 0)));
  const label = (text: string) => fillTemplate(text, (name) => tellVariable(input, name, 0)).trim();
  return {
    ...(links.length > 0 ? { links: links.map((link) => ({ label: label(link.label), url: address(link.url) })) } : {}),
    ...(apps && Object.keys(apps).length > 0 ? { apps } : {}),
    ...(featuredActions.length > 0 ? { featuredActions } : {}),
  };
}

function resolveNfc({ design: { nfc }, own, voided }: CardInput, text: Fill): Pick<CardContent, 'nfc'> {
  const message = nfc && !voided ? text(ownOr(own?.nfcMessage, nfc.message)) : '';
  return nfc && message !== '' ? { nfc: { ...nfc, message } } : {};
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
