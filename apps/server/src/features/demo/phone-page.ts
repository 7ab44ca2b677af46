import type { DemoPhonePageData, PhoneLogKind } from '@tessera/guest';
import { type CardModel, epochMilliseconds, maskPhone } from '@tessera/look';
import type { CardView, Phone, PhoneSnapshot } from '@tessera/testkit';
import { drawBarcode } from '../wallet/index.ts';
import type { DemoCard } from './store.ts';
import type { DemoWorld } from './world.ts';

type PassField = { key: string; label?: string; value: string | number };

const fieldsOf = (style: unknown, group: string): CardModel['headerFields'] => {
  const fields = (style as Record<string, PassField[]> | undefined)?.[group] ?? [];
  return fields.map(({ key, label = '', value }) => ({ key, label, value: String(value) }));
};

/** `rgb(1, 2, 3)` of a pass as `#010203`. */
function toHex(colour: unknown): string {
  const parts = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(String(colour))?.slice(1) ?? ['0', '0', '0'];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

const dataUrl = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

/** The card as the phone holds it: read from the bundle that it downloaded, not from our database. */
export function cardOnPhone({ pass, images }: CardView): CardModel {
  const picture = (name: string) => dataUrl(images[`${name}@2x.png`] ?? images[`${name}.png`]);
  const [logo, strip, icon] = [picture('logo'), picture('strip'), picture('icon')];
  const barcode = (pass.barcodes as { message: string; altText?: string }[] | undefined)?.[0];
  return {
    style: 'storeCard',
    organizationName: String(pass.organizationName),
    logoText: String(pass.logoText ?? ''),
    images: { ...(logo ? { logo } : {}), ...(strip ? { strip } : {}), ...(icon ? { icon } : {}) },
    colours: {
      background: toHex(pass.backgroundColor),
      foreground: toHex(pass.foregroundColor),
      label: toHex(pass.labelColor),
    },
    headerFields: fieldsOf(pass.storeCard, 'headerFields'),
    primaryFields: fieldsOf(pass.storeCard, 'primaryFields'),
    secondaryFields: fieldsOf(pass.storeCard, 'secondaryFields'),
    auxiliaryFields: fieldsOf(pass.storeCard, 'auxiliaryFields'),
    backFields: fieldsOf(pass.storeCard, 'backFields'),
    ...(barcode
      ? { barcode: drawBarcode({ format: 'qr', message: barcode.message, altText: barcode.altText ?? '' }) }
      : {}),
    voided: pass.voided === true,
  };
}

/** What phone and server said to each other, in the words of the page. */
function logKind({ kind, status }: PhoneSnapshot['requests'][number]): PhoneLogKind | null {
  if (typeof status !== 'number' || status >= 400) return 'failed';
  switch (kind) {
    case 'register':
      return 'installed';
    case 'unregister':
      return 'removed';
    case 'list':
      return status === 204 ? 'unchanged' : 'asked';
    case 'get':
      return status === 304 ? 'unchanged' : 'fetched';
    default:
      return null;
  }
}

/** The page's data of the phone as it stands. */
export function describePhone(
  { phone, apns }: Pick<DemoWorld, 'phone' | 'apns'>,
  cards: readonly DemoCard[],
): Pick<DemoPhonePageData, 'card' | 'notices' | 'automaticUpdates' | 'candidates' | 'log'> {
  const snapshot = phone.snapshot();
  const held = snapshot.cards[0];
  const card = held && cardOnPhone(held);
  return {
    ...(card ? { card } : {}),
    notices: [...snapshot.messages].reverse().map(({ at, title, text }) => ({
      at,
      organizationName: title,
      text,
      ...(card?.images.icon ? { icon: card.images.icon } : {}),
    })),
    automaticUpdates: held?.automaticUpdates ?? true,
    candidates: cards.map(({ guid, serial, name, phone: number }) => ({
      id: guid,
      label: `${name || '—'}, ${maskPhone(number)}`,
      current: serial === held?.serialNumber,
    })),
    log: describeLog(snapshot, pushesTo(apns, phone)),
  };
}

type LogLine = DemoPhonePageData['log'][number];

const pushesTo = (apns: DemoWorld['apns'], phone: Phone): LogLine[] =>
  apns.pushes().flatMap(({ token, at }) => (token === phone.pushToken() ? [{ at, kind: 'pushed' as const }] : []));

/** Pushes and requests in one line of time, newest first. */
function describeLog(snapshot: PhoneSnapshot, pushes: readonly LogLine[]): LogLine[] {
  const requests = snapshot.requests.flatMap((record): LogLine[] => {
    const kind = logKind(record);
    return kind ? [{ at: record.at, kind, ...(kind === 'failed' ? { reason: String(record.status) } : {}) }] : [];
  });
  const newestFirst = (one: LogLine, other: LogLine) => epochMilliseconds(other.at) - epochMilliseconds(one.at);
  // Sorting keeps the order of equals, and a request follows the push of its millisecond.
  return [...requests.reverse(), ...[...pushes].reverse()].sort(newestFirst);
}
