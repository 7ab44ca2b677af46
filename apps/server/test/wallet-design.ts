import type { DesignBody, DesignDraft, DesignField, FieldGroup } from '../src/features/wallet/model.ts';

/** A small design for tests: points in the header with a change message, the name below, the code. */
export function testDraft(
  change: Partial<Omit<DesignDraft, 'fields'>> & { fields?: Partial<Record<FieldGroup, readonly DesignField[]>> } = {},
): DesignDraft {
  return {
    style: 'storeCard',
    language: 'ru',
    organizationName: 'Траттория',
    description: 'Карта гостя',
    logoText: 'Траттория',
    colours: { background: '#3c1414', foreground: '#ffffff', label: '#e6c8a0' },
    barcode: { format: 'qr', message: 'Serial#', altText: '' },
    sharingProhibited: false,
    ...change,
    fields: {
      header: [{ key: 'points', label: 'Баллы', value: 'LoyaltyValue#', changeMessage: 'Баллов на карте: %@' }],
      primary: [],
      secondary: [{ key: 'name', label: 'Гость', value: 'FirstName#' }],
      auxiliary: [],
      back: [],
      ...change.fields,
    },
  };
}

export const testDesign = (change: Parameters<typeof testDraft>[0] = {}): DesignBody => ({
  ...testDraft(change),
  images: {},
});

/** The smallest PNG there is: one transparent point. */
export const onePixelPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
