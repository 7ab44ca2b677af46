import { createPublicKey } from 'node:crypto';
import { MINUTES_MIN } from '../changing-codes/model.ts';
import { type DesignDraft, fieldGroups } from './body.ts';
import { type DesignProblem, type DesignSurroundings, type Found, problem } from './problem.ts';

/** Posters, dates, addresses, programs, NFC, the end of the cards. */
export function findExtraProblems(draft: DesignDraft, surroundings: DesignSurroundings): Found {
  return [
    ...findPosterProblems(draft),
    ...findDateProblems(draft, surroundings.now),
    ...findAddressProblems(draft),
    ...findNfcProblems(draft, surroundings.nfcCapable),
    ...findCodeProblems(draft),
    ...(draft.groupingIdentifier && draft.style !== 'eventTicket'
      ? [problem('groupingIdentifier', 'grouping_ignored')]
      : []),
  ];
}

function findCodeProblems({ changingCode }: DesignDraft): Found {
  const minutes = changingCode?.minutes ?? null;
  return minutes !== null && minutes < MINUTES_MIN
    ? [problem('changingCode/minutes', 'code_minutes', { limit: MINUTES_MIN })]
    : [];
}

function findPosterProblems({ poster, fields }: DesignDraft): Found {
  if (!poster) return [];
  const known = new Set(fieldGroups.flatMap((group) => fields[group].map(({ key }) => key)));
  const seen = new Set<string>();
  return (['header', 'primary', 'footer', 'additional'] as const).flatMap((group) =>
    (poster[group] ?? []).flatMap((key, index): DesignProblem[] => {
      const path = `poster/${group}/${index}`;
      if (!known.has(key)) return [problem(path, 'poster_field_unknown', { key })];
      if (seen.has(key)) return [problem(path, 'poster_field_twice', { key })];
      seen.add(key);
      return [];
    }),
  );
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1_000;

function findDateProblems({ style, relevantDates = [], expiry }: DesignDraft, now: Temporal.Instant): Found {
  const spans = relevantDates.flatMap((date, index): DesignProblem[] => {
    if ('at' in date) return [];
    const length = Date.parse(date.until) - Date.parse(date.from);
    return length > 0 && length <= DAY_MILLISECONDS ? [] : [problem(`relevantDates/${index}`, 'date_span')];
  });
  // A day is over everywhere a day and a half later.
  const over =
    expiry?.kind === 'date' && Date.parse(`${expiry.on}T00:00:00Z`) + 1.5 * DAY_MILLISECONDS < now.epochMilliseconds;
  const ignored = relevantDates.length > 0 && (style === 'storeCard' || style === 'coupon');
  return [
    ...spans,
    ...(ignored ? [problem('relevantDates', 'dates_ignored')] : []),
    ...(over ? [problem('expiry', 'expired')] : []),
  ];
}

/** Phones open these and nothing that runs. */
const LINK = /^(https?:\/\/[^\s/]+|tel:\+?[\d().-]+|mailto:[^\s@]+@[^\s@]+$)/i;

function findAddressProblems({ links = [], featuredActions = [], apps }: DesignDraft): Found {
  const wrong = (path: string) => problem(path, 'url_invalid');
  return [
    ...links.flatMap(({ url }, index) => (LINK.test(url) ? [] : [wrong(`links/${index}/url`)])),
    ...featuredActions.flatMap(({ type, url }, index) =>
      LINK.test(url) && (type === 'call') === /^tel:/i.test(url) ? [] : [wrong(`featuredActions/${index}/url`)],
    ),
    // Any scheme is a program's own; what a browser would run is no program.
    ...(apps?.appLaunchUrl &&
    (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(apps.appLaunchUrl) || /^(javascript|data|file):/i.test(apps.appLaunchUrl))
      ? [wrong('apps/appLaunchUrl')]
      : []),
    ...(apps?.appLaunchUrl && !apps.appleStoreIds?.length ? [problem('apps/appLaunchUrl', 'app_without_store')] : []),
  ];
}

const NFC_BYTES_MAX = 64;

function findNfcProblems({ nfc, sharingProhibited }: DesignDraft, nfcCapable: boolean | null): Found {
  if (!nfc) return [];
  const bytes = Buffer.byteLength(nfc.message);
  return [
    ...(nfcCapable === false ? [problem('nfc', 'nfc_not_allowed')] : []),
    ...(nfcCapable === null ? [problem('nfc', 'nfc_without_certificate')] : []),
    ...(bytes > NFC_BYTES_MAX ? [problem('nfc/message', 'nfc_message_long', { bytes, limit: NFC_BYTES_MAX })] : []),
    ...(isNfcKey(nfc.encryptionPublicKey) ? [] : [problem('nfc/encryptionPublicKey', 'nfc_key_invalid')]),
    ...(nfc.requiresAuthentication && !sharingProhibited ? [problem('nfc/requiresAuthentication', 'nfc_shared')] : []),
  ];
}

/** Base64 of a P-256 key in an X.509 SubjectPublicKeyInfo. */
function isNfcKey(text: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
