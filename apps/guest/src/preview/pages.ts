/** Every page in every state that a reader can meet, drawn from the fixtures. */
import type { Lang } from '@tessera/look';
import type { CardPageData, EntryKind, RegistrationError, Translate } from '../data.ts';
import type { CardSetPageData } from '../index.ts';
import * as pages from '../index.ts';
import * as fixtures from './fixtures.ts';

/** File name (without `.html`) → document. */
export function previewPages(t: Translate, lang: Lang): Record<string, string> {
  return {
    ...forms(t, lang),
    ...cards(t, lang),
    ...sets(t, lang),
    ...receipts(t, lang),
    ...advertising(t, lang),
    ...texts(t, lang),
    ...demo(t, lang),
  };
}

function forms(t: Translate, lang: Lang): Record<string, string> {
  const form = fixtures.registration(lang);
  const code = fixtures.code(lang);
  const failed = (name: RegistrationError, phone: RegistrationError, birthday: RegistrationError): string =>
    pages.registrationPage(
      {
        ...form,
        fields: form.fields.map((field) => {
          if (field.kind === 'name') return { ...field, value: 'Анна', error: name };
          if (field.kind === 'phone') return { ...field, value: '+7 912 345', error: phone };
          return { ...field, required: true, error: birthday };
        }),
        consent: { ...form.consent, error: { code: 'consent_missing' } },
        marketing: { ticked: true },
      },
      t,
      lang,
    );
  return {
    form: pages.registrationPage(form, t, lang),
    'form-full': pages.registrationPage(fixtures.fullRegistration(lang), t, lang),
    'form-at-once': pages.registrationPage(
      {
        ...form,
        fields: form.fields.map((field) => (field.kind === 'phone' ? { ...field, confirmed: false } : field)),
      },
      t,
      lang,
    ),
    thanks: pages.thanksPage(fixtures.thanks(lang), t, lang),
    'form-invited': pages.registrationPage(
      {
        ...form,
        invite: {
          code: '7KM2QXB',
          touch: '00000000-0000-4000-8000-000000000000',
          text: lang === 'ru' ? 'Вас пригласил друг: 250 баллов с первым чеком.' : 'A friend invited you: 250 points.',
        },
      },
      t,
      lang,
    ),
    'form-errors': failed({ code: 'name_missing' }, { code: 'phone_invalid' }, { code: 'birthday_invalid' }),
    'form-errors-2': failed({ code: 'name_too_long' }, { code: 'phone_missing' }, { code: 'birthday_missing' }),
    'form-errors-3': failed({ code: 'name_missing' }, { code: 'phone_unsupported' }, { code: 'too_young', age: 18 }),
    'form-sms-failed': pages.registrationPage({ ...form, problem: { code: 'sms_failed' } }, t, lang),
    'form-stale': pages.registrationPage({ ...form, problem: { code: 'stale' } }, t, lang),
    'form-too-many': pages.registrationPage({ ...form, problem: { code: 'too_many', minutes: 5 } }, t, lang),
    code: pages.codePage(code, t, lang),
    'code-wrong': pages.codePage({ ...code, problem: { code: 'wrong', triesLeft: 2 } }, t, lang),
    'code-expired': pages.codePage(
      { ...code, resend: { ...code.resend, waitSeconds: 0 }, problem: { code: 'expired' } },
      t,
      lang,
    ),
    'code-used-up': pages.codePage({ ...code, problem: { code: 'used_up' } }, t, lang),
    'code-missing': pages.codePage({ ...code, problem: { code: 'missing' } }, t, lang),
    'code-sms-failed': pages.codePage({ ...code, problem: { code: 'sms_failed' } }, t, lang),
    'code-too-many': pages.codePage({ ...code, problem: { code: 'too_many', minutes: 1 } }, t, lang),
  };
}

function sets(t: Translate, lang: Lang): Record<string, string> {
  const of = (device: CardSetPageData['browser']['device'], inApp = false): string =>
    pages.cardSetPage({ ...fixtures.cardSet(lang), browser: { device, inApp, program: 'other' } }, t, lang);
  return {
    'set-iphone': of('iphone'),
    'set-android': of('android'),
    'set-desk': of('other'),
    'set-in-app': of('iphone', true),
  };
}

function cards(t: Translate, lang: Lang): Record<string, string> {
  const card = fixtures.cardData(lang);
  const { guestName: _, ...nameless } = card;
  const fresh: CardPageData = {
    ...nameless,
    balanceMinor: -30n,
    level: { name: card.level?.name ?? '', next: { name: 'B', remaining: 100n, measure: 'turnover', progress: 0 } },
    expiring: [],
    entries: [],
    browser: { device: 'android', inApp: false, program: 'chrome' },
  };
  const { phoneQr: __, app: ___, push: ____, ...plain } = card;
  const googleUrl = '/c/8fQ2/google';
  const kinds: EntryKind[] = ['earned', 'spent', 'gift', 'invited', 'correction', 'imported'];
  return {
    card: pages.cardPage(card, t, lang),
    'card-new': pages.cardPage(fresh, t, lang),
    ...inAppCards(card, t, lang),
    'card-chrome-ios': pages.cardPage(
      { ...card, browser: { device: 'iphone', inApp: false, program: 'chrome' } },
      t,
      lang,
    ),
    'card-google': pages.cardPage({ ...card, googleUrl, browser: CHROME }, t, lang),
    'card-desk-plain': pages.cardPage(
      { ...plain, browser: { device: 'other', inApp: false, program: 'other' } },
      t,
      lang,
    ),
    'card-installed': pages.cardPage({ ...card, installed: true }, t, lang),
    'card-desk': pages.cardPage(
      {
        ...card,
        googleUrl,
        browser: { device: 'other', inApp: false, program: 'chrome' },
        entries: kinds.map((kind) => ({ at: 0, kind, pointsMinor: 1n })),
      },
      t,
      lang,
    ),
    'card-voided': pages.cardPage({ ...card, card: { ...card.card, voided: true } }, t, lang),
    'card-personal': pages.cardPage({ ...card, mayShare: false }, t, lang),
  };
}

const CHROME = { device: 'android', inApp: false, program: 'chrome' } as const;
const WINDOWS = ['telegram', 'instagram', 'facebook', 'vk', 'yandex_app', 'google_app', 'other_app'] as const;

function inAppCards(card: CardPageData, t: Translate, lang: Lang): Record<string, string> {
  const inside = (device: 'iphone' | 'android') =>
    WINDOWS.map((program): [string, string] => [
      `card-in-app-${device}-${program}`,
      pages.cardPage({ ...card, browser: { device, inApp: true, program } }, t, lang),
    ]);
  return Object.fromEntries([...inside('iphone'), ...inside('android')]);
}

function advertising(t: Translate, lang: Lang): Record<string, string> {
  const { site } = fixtures.receipt(lang);
  const page = { site, action: '/c/8fQ2/advertising', backUrl: '/c/8fQ2', agreed: true };
  return {
    advertising: pages.advertisingPage(page, t, lang),
    'advertising-none': pages.advertisingPage({ ...page, agreed: false }, t, lang),
  };
}

function receipts(t: Translate, lang: Lang): Record<string, string> {
  const page = fixtures.receipt(lang);
  const problems = ['unreadable', 'not_a_purchase', 'limit', 'off', 'blocked', 'photo'] as const;
  const reasons = [
    'duplicate',
    'too_old',
    'in_future',
    'too_small',
    'wrong_venue',
    'unreadable',
    'pos_check',
    'other',
  ] as const;
  const rejected = reasons.map((reason) => ({ at: 0, state: 'rejected', sumMinor: 1n, reason }) as const);
  return {
    receipt: pages.receiptPage(page, t, lang),
    'receipt-new': pages.receiptPage({ ...page, receipts: [] }, t, lang),
    'receipt-rejected': pages.receiptPage({ ...page, receipts: rejected }, t, lang),
    ...Object.fromEntries(
      problems.map((problem) => [`receipt-${problem}`, pages.receiptPage({ ...page, typed: true, problem }, t, lang)]),
    ),
  };
}

function texts(t: Translate, lang: Lang): Record<string, string> {
  const site = fixtures.site(lang, '/c/x');
  const out: Record<string, string> = {
    consent: pages.consentTextPage(
      {
        site,
        locale: fixtures.locale,
        title:
          lang === 'ru' ? 'Согласие на обработку персональных данных' : 'Consent to the processing of personal data',
        version: '3',
        since: '2026-09-01T00:00:00Z',
        operatorName: lang === 'ru' ? 'ООО «Чайка», ИНН 7800000000' : 'Chaika LLC',
        text:
          lang === 'ru'
            ? '# Что вы разрешаете\n\nХранить имя, номер телефона и день рождения, чтобы вести карту гостя.\n\n# Как долго\n\nПока у вас есть карта.'
            : '# What you allow\n\nTo keep your name, phone number and birthday for your guest card.\n\n# How long\n\nAs long as you have the card.',
        backUrl: '/n/summer',
      },
      t,
      lang,
    ),
    'error-429-seconds': pages.errorPage({ site, status: 429, retrySeconds: 75 }, t, lang),
    'error-reference': pages.errorPage({ site, status: 500, reference: 'r-7K2M', homeUrl: '/' }, t, lang),
  };
  for (const status of [400, 404, 410, 429, 500, 503] as const) {
    out[`error-${status}`] = pages.errorPage({ site, status, homeUrl: '/' }, t, lang);
  }
  return out;
}

function demo(t: Translate, lang: Lang): Record<string, string> {
  const phone = fixtures.phone(lang);
  const { card: _, tillUrl: __, ...empty } = phone;
  const messages = fixtures.messages(lang);
  const landing = fixtures.landing(lang);
  return {
    landing: pages.landingPage(landing, t, lang),
    'landing-plain': pages.landingPage({ site: { path: '/' }, links: { console: '/console', docs: '/docs' } }, t, lang),
    phone: pages.demoPhonePage(phone, t, lang),
    'phone-dark': pages.demoPhonePage({ ...phone, wallpaper: 'dark', side: 'back', automaticUpdates: false }, t, lang),
    'phone-empty': pages.demoPhonePage({ ...empty, notices: [], log: [] }, t, lang),
    'phone-no-guests': pages.demoPhonePage({ ...empty, candidates: [], notices: [], log: [] }, t, lang),
    messages: pages.demoMessagesPage(messages, t, lang),
    'messages-empty': pages.demoMessagesPage({ ...messages, messages: [] }, t, lang),
  };
}
