import { crc32, deflateSync } from 'node:zlib';
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

/** A PNG of one colour. */
export function makePng(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const rows = Buffer.alloc(height * (1 + width * 3), 0x80);
  for (let row = 0; row < height; row++) rows[row * (1 + width * 3)] = 0;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', Buffer.concat([size, Buffer.from([8, 2, 0, 0, 0])])),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** What every design needs: icons in two sizes and a logo. */
export const testFiles = {
  'icon.png': makePng(38, 38),
  'icon@2x.png': makePng(76, 76),
  'logo.png': makePng(160, 50),
} as const;
