/** The measured card: a store card as a small chain would issue it; serial, token, code and values differ per card. */
import type { Pass } from '../../packages/pkpass/src/index.ts';

export const passTypeIdentifier = 'pass.example.loyalty';
export const teamIdentifier = 'ABCDE12345';

const about =
  'Points are credited with every purchase and can be spent from the next day on. One point is worth one unit of the ' +
  'local currency. Points expire a year after they were earned. A purchase paid partly with points earns points on the ' +
  'rest. Show the code at the till before paying. If you lose your phone, ask at the till: the card can be found by ' +
  'your phone number and moved to a new phone at once.';

/** The content of card number `index`; about 1.9 kB as JSON. */
export function makeCard(index: number): Pass {
  const number = String(100_000 + index);
  const serialNumber = `c_${number}8fQ2mZk1Xw`;
  const points = 100 + (index % 900);
  return {
    formatVersion: 1,
    passTypeIdentifier,
    teamIdentifier,
    serialNumber,
    organizationName: 'Trattoria Example',
    description: 'Trattoria Example loyalty card',
    logoText: 'Trattoria Example',
    backgroundColor: 'rgb(60, 20, 20)',
    foregroundColor: 'rgb(255, 255, 255)',
    labelColor: 'rgb(230, 200, 160)',
    webServiceURL: 'https://cards.example.com/wallet',
    authenticationToken: `token-${number}-Zm9vYmFyYmF6cXV4`,
    sharingProhibited: true,
    barcodes: [
      {
        format: 'PKBarcodeFormatQR',
        message: `L1.${number}7K2M9XQ4`,
        messageEncoding: 'iso-8859-1',
        altText: number,
      },
    ],
    locations: [{ latitude: 45.4642, longitude: 9.19, relevantText: 'Your usual table is near' }],
    maxDistance: 150,
    storeCard: {
      headerFields: [{ key: 'points', label: 'POINTS', value: points, changeMessage: 'You now have %@ points' }],
      primaryFields: [{ key: 'name', label: 'GUEST', value: `Guest ${number}`, changeMessage: 'Your name is now %@' }],
      secondaryFields: [
        { key: 'level', label: 'LEVEL', value: index % 3 === 0 ? 'Gold' : 'Silver' },
        { key: 'until', label: 'POINTS UNTIL', value: '2027-03-01T00:00:00Z', dateStyle: 'PKDateStyleMedium' },
      ],
      auxiliaryFields: [
        { key: 'next', label: 'NEXT LEVEL AFTER', value: 5000 - points },
        { key: 'rate', label: 'CASHBACK', value: '7 %' },
      ],
      backFields: [
        { key: 'number', label: 'Card number', value: number },
        { key: 'about', label: 'How it works', value: about },
        { key: 'site', label: 'Site', value: 'https://trattoria.example.com' },
        { key: 'phone', label: 'Telephone', value: '+39 02 0000 0000' },
      ],
    },
  };
}
