import type { CredentialRow, NewCredential, UploadCertificate } from '@tessera/contract';

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
