import type { PassChoices, PassDetail, PassOperation, PassPreview, PassRow } from '@tessera/contract';
import { accounts } from './fixtures.ts';
import { designs } from './pictures.ts';

const SERIALS = ['7K2M9QX4B8VN3T6Z', 'VIP777', '4QH81ZK0XW2D5RNP', 'GOLD-2026', '9V3TB6MM4YC1E7KA'];

/** A card for each of the first guests, in every state that a list can show. */
export const passRows: PassRow[] = accounts.slice(0, 40).map((row, index) => ({
  passId: index + 1,
  serial: SERIALS[index] ?? `${SERIALS[index % 5]!.slice(0, 10).padEnd(10, '0')}${String(index).padStart(6, '0')}`,
  guid: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
  designId: designs[index % 2]!.designId,
  designName: designs[index % 2]!.name,
  passTypeIdentifier: 'pass.example.card',
  accountId: row.accountId,
  guestName: row.name,
  phone: row.phone,
  level: row.level,
  points: row.balance,
  appleDevices: index % 3 === 0 ? 1 + (index % 2) : 0,
  androidDevices: index % 5 === 1 ? 1 : 0,
  google: index % 4 === 2,
  voided: index === 3,
  version: 4 + index,
  updatedAt: row.lastSaleAt ?? row.createdAt,
  createdAt: row.createdAt,
}));

const fields: PassDetail['fields'] = [
  { key: 'level', group: 'header', label: 'уровень', template: 'Level#', inherited: 'Друг дома' },
  { key: 'balance', group: 'primary', label: 'баллов', template: 'LoyaltyValue#', inherited: '1 250' },
  { key: 'name', group: 'secondary', label: 'гость', template: 'FirstName# LastName#', inherited: 'Анна Берёзова' },
  { key: 'phone', group: 'back', label: 'Телефон', template: '+7 999 000-00-00', inherited: '+7 999 000-00-00' },
];

const qr = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25">${Array.from(
  { length: 625 },
  (_, index) => index,
)
  .filter((index) => (index * 7919 + (index >> 3) * 31) % 5 < 2)
  .map((index) => `<rect x="${index % 25}" y="${Math.floor(index / 25)}" width="1" height="1"/>`)
  .join('')}</svg>`;

export const passDetail = (passId: number): PassDetail => {
  const row = passRows[passId - 1] ?? passRows[0]!;
  const page = `https://cards.example/c/${row.guid}`;
  return {
    passId: row.passId,
    revision: 3,
    serial: row.serial,
    guid: row.guid,
    designId: row.designId,
    designName: row.designName,
    passTypeIdentifier: row.passTypeIdentifier,
    voided: row.voided,
    createdAt: row.createdAt,
    owner: {
      accountId: row.accountId,
      name: row.guestName,
      phone: row.phone,
      level: row.level,
      points: row.points,
    },
    links: { page, file: `${page}.pkpass`, qr },
    own: {
      values: { name: 'Анечка, мы вас ждём' },
      barcodeMessage: '',
      nfcMessage: '',
      expiresOn: null,
      customFields: { '5': '', '6': '', '7': '' },
      notes: '',
    },
    fields,
    inheritedBarcode: row.serial,
    picture: designs[0]!.picture,
    devices: [
      { fingerprint: '3fa91c07be42', platform: 'apple', registeredAt: row.createdAt, lastSeenAt: row.updatedAt },
      { fingerprint: 'c04471d2aa19', platform: 'android', registeredAt: row.createdAt, lastSeenAt: row.updatedAt },
    ],
    sharing: { devices: 4, devicesMax: 3, prohibited: false },
    google: { installed: true, upToDate: true, savedAt: row.createdAt, removedAt: null, problem: null },
    versions: { current: row.version, fetched: row.version - 1, updatedAt: row.updatedAt },
    range: { rangeId: 1, name: 'Пластик 2026' },
  };
};

export const passPreview: PassPreview = { picture: designs[0]!.picture, notice: 'На карте 1 250 баллов' };

export const passChoices: PassChoices = {
  designs: designs.map(({ designId, name }) => ({
    designId,
    name,
    programmeId: 1,
    credentialId: 1,
    archived: false,
    fields: fields.map(({ key, group, label }) => ({ key, group, label })),
  })),
  credentials: [{ credentialId: 1, name: 'Основной' }],
  levels: [
    { programmeId: 1, programme: 'Баллы', levelId: 'base', name: 'Гость' },
    { programmeId: 1, programme: 'Баллы', levelId: 'friend', name: 'Друг дома' },
  ],
};

const operation = (operationId: number, change: Partial<PassOperation>): PassOperation => ({
  operationId,
  kind: 'set_field',
  state: 'running',
  change: { kind: 'set_field', field: 'name', value: 'С днём рождения нас!' },
  filter: { designId: 1, pointsOver: 10_000 },
  total: 12_480,
  done: 7_412,
  same: 18,
  failed: 3,
  undone: 0,
  kept: 0,
  undoable: false,
  createdAt: '2026-11-02T09:30:00Z',
  finishedAt: null,
  ...change,
});

export const passOperations: PassOperation[] = [
  operation(4, {
    kind: 'delete_design',
    change: { kind: 'delete_design', designId: 9, name: 'Летняя карта', to: { designId: 1, name: 'Чайка' } },
    filter: { designId: 9 },
    state: 'waiting',
    total: 340,
    done: 0,
    same: 0,
    failed: 0,
  }),
  operation(3, {}),
  operation(2, {
    kind: 'move',
    change: { kind: 'move', designId: 2 },
    state: 'finished',
    done: 12_459,
    undoable: true,
  }),
  operation(1, {
    kind: 'void',
    change: { kind: 'void' },
    state: 'undone',
    total: 120,
    done: 120,
    undone: 118,
    kept: 2,
  }),
];
