import type {
  CredentialRow,
  NewCredential,
  PhoneReportList,
  UploadCertificate,
  WalletRelayList,
} from '@tessera/contract';

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
const G4 = 'Apple Worldwide Developer Relations Certification Authority, G4';

const row = (credentialId: number, name: string, change: Partial<CredentialRow>): CredentialRow => ({
  credentialId,
  name,
  passTypeIdentifier: 'pass.demo.tessera.loyalty',
  teamIdentifier: 'A1B2C3D4E5',
  status: 'active',
  demo: false,
  notBefore: inDays(-340),
  notAfter: inDays(200),
  issuer: G4,
  passes: 382,
  nfc: false,
  pushes: { halted: null, haltedAt: null, refused: null, unfetched: 0, pushedAgain: 0 },
  problems: [],
  ...change,
});

/** One of each kind that the page has to tell. */
export const credentials: CredentialRow[] = [
  row(1, 'Основной', { demo: true }),
  row(2, 'Карта завтраков', {
    passTypeIdentifier: 'pass.demo.tessera.breakfast',
    notAfter: inDays(25),
    passes: 1241,
    problems: [
      {
        code: 'expires_soon',
        severity: 'warning',
        message: 'Сертификат закончится через 25 дней. Выпустите новый заранее: после срока карты не обновляются.',
      },
    ],
  }),
  row(3, 'Старый', {
    status: 'expired',
    notAfter: inDays(-12),
    passes: 17,
    problems: [
      {
        code: 'expired',
        severity: 'error',
        message: 'Срок сертификата вышел. Получите у Apple новый для того же типа карты и загрузите его.',
      },
    ],
  }),
  row(4, 'Ночное меню', {
    passTypeIdentifier: 'pass.demo.tessera.night',
    status: 'requested',
    notBefore: null,
    notAfter: null,
    issuer: null,
    passes: 0,
  }),
];

export function addCredential(body: NewCredential): CredentialRow {
  const added = row(credentials.length + 1, body.name, {
    ...body,
    status: 'requested',
    notBefore: null,
    notAfter: null,
    issuer: null,
    passes: 0,
  });
  credentials.push(added);
  return added;
}

/** A PEM or DER certificate starts with `-` or `0` in its first byte; anything else is refused as the server would. */
export function takeCertificate(found: CredentialRow, body: UploadCertificate): CredentialRow | undefined {
  const first = Buffer.from(body.certificate, 'base64')[0];
  if (first !== 0x2d && first !== 0x30) return undefined;
  return Object.assign(found, {
    status: 'active',
    notBefore: inDays(-1),
    notAfter: inDays(364),
    issuer: G4,
    problems: [],
  });
}

/** The relays of other readers, one of each state. */
export const relays: WalletRelayList = {
  unreachable: 7,
  items: [
    {
      kind: 'walletpasses',
      enabled: true,
      key: 'optional',
      hasKey: false,
      trouble: null,
      acceptedAt: inDays(-0.1),
      devices: 41,
      waiting: 0,
    },
    {
      kind: 'pass2u',
      enabled: true,
      key: 'needed',
      hasKey: true,
      trouble: 'key_refused',
      acceptedAt: inDays(-9),
      devices: 12,
      waiting: 0,
    },
    {
      kind: 'passwallet',
      enabled: false,
      key: 'none',
      hasKey: false,
      trouble: null,
      acceptedAt: null,
      devices: 0,
      waiting: 0,
    },
  ],
};

const day = (days: number): string => inDays(days).slice(0, 10);
export const phoneReports: PhoneReportList = {
  since: day(-29),
  items: [
    {
      kind: 'no_connection',
      passTypeIdentifier: 'pass.demo.tessera.loyalty',
      meaning: 'Телефон не дозвонился до сервера.',
      advice:
        'Единичные сообщения бывают из-за связи у гостя. Если их много, проверьте, доступен ли PUBLIC_URL из интернета.',
      wording: '',
      count: 31,
      firstAt: inDays(-20),
      lastAt: inDays(-0.2),
      days: [
        { day: day(-20), count: 4 },
        { day: day(-7), count: 19 },
        { day: day(0), count: 8 },
      ],
    },
    {
      kind: 'other',
      passTypeIdentifier: 'pass.demo.tessera.breakfast',
      meaning: 'Такое сообщение программе не знакомо.',
      advice: 'Ниже слова телефона без номеров и имён. Если сообщение повторяется, пришлите его разработчикам.',
      wording: 'Odd thing with … of pass.demo.tessera.breakfast',
      count: 2,
      firstAt: inDays(-3),
      lastAt: inDays(-3),
      days: [{ day: day(-3), count: 2 }],
    },
  ],
};
