import type { DesignBody, DesignDetail, FieldFormat } from '@tessera/contract';

/** The groups of fields, in the order in which a card shows them. */
export const GROUPS = ['header', 'primary', 'secondary', 'auxiliary', 'back'] as const;
export type Group = (typeof GROUPS)[number];

export const STYLES = ['storeCard', 'coupon', 'generic', 'eventTicket'] as const;
export type Style = DesignBody['style'];
export const CODES = ['qr', 'pdf417', 'aztec', 'code128', 'ean13', 'code39', 'codabar', 'itf'] as const;
export type Code = NonNullable<DesignBody['barcode']>['format'];
export const ALIGNMENTS = ['natural', 'left', 'center', 'right'] as const;
export const ACTIONS = [
  'membershipBenefits',
  'viewOffersRewards',
  'addToBalance',
  'order',
  'shop',
  'bookAppointment',
  'call',
  'viewSchedule',
] as const;
export const VERTICALS = ['loyalty', 'generic', 'offer', 'eventTicket', 'giftCard'] as const;

export type Language = DesignBody['language'];
/** A text in the other languages. */
export type Translations = Partial<Record<Language, string>>;

export type DraftField = {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** '' for a field whose change nobody is told of. */
  readonly changeMessage: string;
  readonly alignment: (typeof ALIGNMENTS)[number];
  readonly format: FieldFormat | null;
  readonly row: 0 | 1;
};

export type FieldTexts = { readonly label: string; readonly value: string; readonly changeMessage: string };

export const TEXTS = ['organizationName', 'description', 'logoText', 'altText', 'title'] as const;
/** The texts of one more language; '' is said in the first one. */
export type DraftTexts = Readonly<Record<(typeof TEXTS)[number], string>> & {
  readonly fields: Readonly<Record<string, FieldTexts>>;
};

export type DraftPlace = {
  readonly latitude: string;
  readonly longitude: string;
  readonly altitude: string;
  readonly text: string;
  readonly texts: Translations;
};
export type DraftBeacon = {
  readonly uuid: string;
  readonly major: string;
  readonly minor: string;
  readonly text: string;
  readonly texts: Translations;
};
/** Moments of the company («2026-12-01T18:00»); without `until` a single one. */
export type DraftDate = { readonly from: string; readonly until: string };
export type DraftLink = { readonly label: string; readonly url: string; readonly texts: Translations };
export type DraftAction = { readonly type: (typeof ACTIONS)[number]; readonly url: string };

/** What stands in the fields of the designer: numbers and moments as they are typed. */
export type Draft = {
  readonly name: string;
  /** The number of the certificate, '' for none yet. */
  readonly credential: string;
  readonly style: Style;
  readonly poster: {
    readonly title: string;
    readonly header: readonly string[];
    readonly primary: readonly string[];
    readonly footer: readonly string[];
    readonly additional: readonly string[];
  } | null;
  readonly language: Language;
  readonly texts: Partial<Record<Language, DraftTexts>>;
  readonly organizationName: string;
  readonly description: string;
  readonly logoText: string;
  readonly colours: DesignBody['colours'];
  readonly images: DesignBody['images'];
  readonly fields: Readonly<Record<Group, readonly DraftField[]>>;
  readonly code: {
    readonly format: Code;
    readonly message: string;
    readonly altText: string;
    readonly encoding: '' | 'iso-8859-1' | 'utf-8';
  } | null;
  readonly changing: { readonly afterUse: boolean; readonly minutes: string; readonly grace: string } | null;
  readonly nfc: { readonly message: string; readonly key: string; readonly authentication: boolean } | null;
  readonly sharingProhibited: boolean;
  /** The company's venues on the map stand for places of its own. */
  readonly venuePlaces: boolean;
  readonly places: readonly DraftPlace[];
  readonly maxDistance: string;
  readonly beacons: readonly DraftBeacon[];
  readonly dates: readonly DraftDate[];
  readonly links: readonly DraftLink[];
  readonly apps: { readonly storeIds: string; readonly launchUrl: string; readonly androidPackage: string };
  readonly actions: readonly DraftAction[];
  readonly expiry: { readonly kind: '' | 'date' | 'days'; readonly on: string; readonly days: string };
  readonly grouping: string;
  readonly google: { readonly vertical: '' | (typeof VERTICALS)[number]; readonly rotating: string };
};

const typed = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** A saved design as the fields of the designer. */
export function draftOf(
  { name, credentialId, body }: Pick<DesignDetail, 'name' | 'credentialId' | 'body'>,
  timeZone: string,
): Draft {
  const { barcode, changingCode, nfc, poster, apps, google, fields } = body;
  return {
    name,
    credential: typed(credentialId),
    style: body.style,
    poster: poster
      ? {
          title: poster.title ?? '',
          header: poster.header,
          primary: poster.primary,
          footer: poster.footer,
          additional: poster.additional ?? [],
        }
      : null,
    language: body.language,
    texts: textsOf(body),
    organizationName: body.organizationName,
    description: body.description,
    logoText: body.logoText,
    colours: body.colours,
    images: body.images,
    fields: {
      header: fields.header.map(fieldOf),
      primary: fields.primary.map(fieldOf),
      secondary: fields.secondary.map(fieldOf),
      auxiliary: fields.auxiliary.map(fieldOf),
      back: fields.back.map(fieldOf),
    },
    code: barcode
      ? { format: barcode.format, message: barcode.message, altText: barcode.altText, encoding: barcode.encoding ?? '' }
      : null,
    changing: changingCode
      ? {
          afterUse: changingCode.afterUse,
          minutes: typed(changingCode.minutes),
          grace: typed(changingCode.graceMinutes),
        }
      : null,
    nfc: nfc
      ? { message: nfc.message, key: nfc.encryptionPublicKey, authentication: nfc.requiresAuthentication }
      : null,
    sharingProhibited: body.sharingProhibited,
    ...whenOf(body, timeZone),
    links: (body.links ?? []).map(({ label, url, texts }) => ({ label, url, texts: { ...texts } })),
    apps: {
      storeIds: (apps?.appleStoreIds ?? []).join(', '),
      launchUrl: apps?.appLaunchUrl ?? '',
      androidPackage: apps?.androidPackage ?? '',
    },
    actions: body.featuredActions ?? [],
    grouping: body.groupingIdentifier ?? '',
    google: { vertical: google?.vertical ?? '', rotating: typed(google?.rotatingSeconds) },
  };
}

const fieldOf = (field: DesignBody['fields'][Group][number]): DraftField => ({
  key: field.key,
  label: field.label,
  value: field.value,
  changeMessage: field.changeMessage ?? '',
  alignment: field.alignment ?? 'natural',
  format: field.format ?? null,
  row: field.row ?? 0,
});

function textsOf({ texts = {} }: DesignBody): Draft['texts'] {
  return Object.fromEntries(
    Object.entries(texts).map(([language, said]) => [
      language,
      {
        ...noTexts(),
        ...Object.fromEntries(TEXTS.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]]))),
        fields: Object.fromEntries(
          Object.entries(said.fields ?? {}).map(([key, field]) => [
            key,
            { label: field.label ?? '', value: field.value ?? '', changeMessage: field.changeMessage ?? '' },
          ]),
        ),
      },
    ]),
  );
}

/** A language that says nothing of its own yet. */
export const noTexts = (): DraftTexts => ({
  organizationName: '',
  description: '',
  logoText: '',
  altText: '',
  title: '',
  fields: {},
});

function whenOf(
  body: DesignBody,
  timeZone: string,
): Pick<Draft, 'venuePlaces' | 'places' | 'maxDistance' | 'beacons' | 'dates' | 'expiry'> {
  const { expiry } = body;
  return {
    venuePlaces: body.venuePlaces ?? false,
    places: (body.places ?? []).map((place) => ({
      latitude: String(place.latitude),
      longitude: String(place.longitude),
      altitude: typed(place.altitude),
      text: place.text,
      texts: { ...place.texts },
    })),
    maxDistance: typed(body.maxDistanceMetres),
    beacons: (body.beacons ?? []).map((beacon) => ({
      uuid: beacon.uuid,
      major: typed(beacon.major),
      minor: typed(beacon.minor),
      text: beacon.text,
      texts: { ...beacon.texts },
    })),
    dates: (body.relevantDates ?? []).map((date) =>
      'at' in date
        ? { from: localOf(date.at, timeZone), until: '' }
        : { from: localOf(date.from, timeZone), until: localOf(date.until, timeZone) },
    ),
    expiry: {
      kind: expiry?.kind ?? '',
      on: expiry?.kind === 'date' ? expiry.on : '',
      days: expiry?.kind === 'days' ? String(expiry.days) : '',
    },
  };
}

/** An instant as the clock of the company shows it: «2026-12-01T18:00». */
export function localOf(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(Date.parse(instant)).replace(' ', 'T');
}

/** A key that no field of the card has: phones find by it what has changed, so it is never used twice. */
export function newKey(fields: Draft['fields'], group: Group): string {
  const used = new Set(GROUPS.flatMap((one) => fields[one].map(({ key }) => key)));
  for (let number = 1; ; number += 1) if (!used.has(`${group}${number}`)) return `${group}${number}`;
}

export const newField = (fields: Draft['fields'], group: Group): DraftField => ({
  key: newKey(fields, group),
  label: '',
  value: '',
  changeMessage: '',
  alignment: 'natural',
  format: null,
  row: 0,
});
