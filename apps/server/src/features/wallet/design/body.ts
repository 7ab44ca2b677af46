import type { DesignBody as WrittenBody, GoogleVertical as WrittenVertical } from '@tessera/contract';

/** What comes over the wire, read-only: a design is never changed in place. */
type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/** A design as it is written; its pictures are named by content. The contract tells what each part means. */
export type DesignBody = Immutable<WrittenBody>;

/** A design before its pictures were stored. */
export type DesignDraft = Omit<DesignBody, 'images'>;

export type DesignStyle = DesignBody['style'];

export const fieldGroups = ['header', 'primary', 'secondary', 'auxiliary', 'back'] as const;
export type FieldGroup = (typeof fieldGroups)[number];

/** `label` and `value` may hold variables such as `LoyaltyValue#`; `changeMessage` holds `%@` for the new value. */
export type DesignField = DesignBody['fields'][FieldGroup][number];
export type FieldFormat = NonNullable<DesignField['format']>;
export type BarcodeFormat = NonNullable<DesignBody['barcode']>['format'];
export type DesignTexts = NonNullable<NonNullable<DesignBody['texts']>['ru']>;
export type DesignPlace = NonNullable<DesignBody['places']>[number];
export type DesignBeacon = NonNullable<DesignBody['beacons']>[number];
export type RelevantDate = NonNullable<DesignBody['relevantDates']>[number];
export type GoogleLook = NonNullable<DesignBody['google']>;
export type GoogleVertical = WrittenVertical;
