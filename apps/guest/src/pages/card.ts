import {
  epochMilliseconds,
  formatDay,
  formatExactMoment,
  formatMeasure,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPoints,
  type Html,
  html,
  type Lang,
  pluralForm,
  renderCard,
  renderSign,
  safeUrl,
  svgDataUrl,
  trusted,
} from '@tessera/look';
import type { CardEntry, CardPageData, Locale, Translate } from '../data.ts';
import { link, renderDocument } from '../document.ts';
import { cardCss, cardPageCss, signCss } from '../styles.ts';
import { cardActions } from './card-actions.ts';

const ENTRIES_SHOWN = 10;
const EXPIRING_SHOWN = 3;
const COUPONS_SHOWN = 20;
const OTHER_DAY = 3 * 86_400_000;

/** `/c/<guid>`: the guest's card. Elements with `data-live` are replaced by the script when the state behind `stateUrl` changes. */
export function cardPage(data: CardPageData, t: Translate, lang: Lang): string {
  const heading =
    data.guestName === undefined || data.guestName === ''
      ? t('card.heading')
      : t('card.headingNamed', { name: data.guestName });
  const worker = data.app !== undefined && html` data-worker="${link(data.app.workerUrl)}"`;
  const main = html`<div class="card-page" data-live-state="${link(data.stateUrl)}"${worker}>
<div class="card-head"><h1>${heading}</h1><div id="as-of" data-live>${stale(data, t, lang)}</div></div>
<div class="card-side"><div id="card-picture" data-live>${trusted(renderCard(data.card, { platform: 'web', lang }))}</div>
${cardActions(data, t, lang)}
${data.card.backFields.length > 0 && html`<details class="turn"><summary>${t('card.turn')}</summary>${trusted(renderCard(data.card, { platform: 'web', side: 'back', lang }))}</details>`}</div>
<div class="card-facts" id="card-facts" data-live>${balance(data, t, lang)}${data.card.voided !== true && html`${level(data, t, lang)}${expiring(data, t, lang)}${coupons(data, t, lang)}${receipt(data, t)}${invite(data, t)}`}${entries(data, t, lang)}${others(data, t)}${advertising(data, t)}</div>
${data.card.voided !== true && notices(data, t)}</div>${codeSheet(data, t)}`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('card.title', { company: data.site.company?.name ?? '' }),
    description: t('card.heading'),
    search: 'private',
    css: cardCss + signCss + cardPageCss + sketchCss(data.sketch),
    head: appHead(data),
    script: 'card',
    main,
    width: 'wide',
  });
}

/** Lies behind the sharp picture, which is opaque: on a slow line that one comes a journey later than the page. */
function sketchCss(sketch: string | undefined): string {
  if (sketch === undefined || !/^data:image\/webp;base64,[A-Za-z0-9+/=]+$/.test(sketch)) return '';
  return `.t-card-strip-image,.t-card-backdrop{background:url(${sketch}) 50%/cover}`;
}

/** The card's picture ahead, and the lines that make the page an app; iPhones read the icon from here. */
function appHead({ app, card, sketch }: CardPageData): Html {
  const strip = safeUrl(card.images.strip, 'image');
  // The largest thing on the page: asked for before the page is read to where it stands. With a sketch there is no hurry.
  const early =
    strip !== undefined &&
    sketch === undefined &&
    html`<link rel="preload" as="image" href="${strip}" fetchpriority="high">`;
  return html`${early}${
    app !== undefined &&
    html`<link rel="manifest" href="${link(app.manifestUrl)}">
<link rel="apple-touch-icon" href="${link(app.iconUrl)}">`
  }`;
}

/** Shown by the script when there is no network: the page is then what the phone has kept. On paper it tells the day. */
function stale({ locale }: CardPageData, t: Translate, lang: Lang): Html {
  // Read on another day: neither "today" nor a bare time of day would be true.
  const later = epochMilliseconds(locale.now) + OTHER_DAY;
  const moment = formatMoment(locale.now, { lang, timeZone: locale.timeZone, now: later });
  return html`<p class="notice notice-look" id="stale" role="status" hidden>${t('card.stale', { moment })}</p><p class="print-only">${t('card.asOf', { moment })}</p>`;
}

function points(minor: bigint, locale: Locale, lang: Lang, signed = false): string {
  return formatPoints(minor, lang, {
    scale: locale.pointsScale ?? 0,
    signed,
    ...(locale.pointsNames === undefined ? {} : { names: locale.pointsNames }),
  });
}

function balance(data: CardPageData, t: Translate, lang: Lang): Html {
  const { locale, balanceMinor } = data;
  const scale = locale.pointsScale ?? 0;
  const word =
    locale.pointsNames === undefined
      ? points(balanceMinor, locale, lang).split('\u00A0').slice(1).join('\u00A0')
      : pluralForm(balanceMinor, lang, locale.pointsNames, scale);
  return html`<section class="balance" aria-live="polite"><h2>${t('card.balance')}</h2>
<p class="figure"><strong data-live-value>${formatNumber(balanceMinor, lang, { scale, wholeOrFull: true })}</strong> ${word}<span class="balance-sign">${trusted(renderSign({ size: 28 }))}</span></p>
${balanceMinor < 0n && html`<p class="notice">${t('card.debt')}</p>`}
${data.card.voided === true && html`<p class="notice notice-bad">${t('card.voided')}</p>`}</section>`;
}

function level(data: CardPageData, t: Translate, lang: Lang): Html | undefined {
  const current = data.level;
  if (current === undefined) return undefined;
  const title =
    current.benefit === undefined
      ? t('card.level', { level: current.name })
      : t('card.levelWithBenefit', { level: current.name, benefit: current.benefit });
  return html`<section class="level"><h2>${title}</h2>${current.next !== undefined && nextLevel(current.next, data.locale, t, lang)}</section>`;
}

function nextLevel(
  next: NonNullable<NonNullable<CardPageData['level']>['next']>,
  locale: Locale,
  t: Translate,
  lang: Lang,
): Html {
  const percent = Math.round(Math.min(1, Math.max(0, next.progress)) * 100);
  const params = {
    level: next.name,
    sum: formatMeasure(next.measure, next.remaining, { lang, currency: locale.currency }),
  };
  const text =
    next.benefit === undefined
      ? t('card.toNext', params)
      : t('card.toNextWithBenefit', { ...params, benefit: next.benefit });
  return html`<div class="progress" role="progressbar" aria-label="${t('card.progress')}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="${percent}"><span style="width:${percent}%"></span></div><p>${text}</p>`;
}

function expiring(data: CardPageData, t: Translate, lang: Lang): Html | undefined {
  if (data.expiring.length === 0) return undefined;
  const { locale } = data;
  const moment = { lang, timeZone: locale.timeZone, now: locale.now };
  const lines = data.expiring.slice(0, EXPIRING_SHOWN).map((lot) => {
    const day = formatDay(lot.at, moment);
    // English says "on 12 March", yet "tomorrow" without "on".
    const key = /^\d/.test(day) ? 'card.expiring' : 'card.expiringSoon';
    const count = Number(lot.pointsMinor) / 10 ** (locale.pointsScale ?? 0);
    const text = t(key, { points: points(lot.pointsMinor, locale, lang), day, count });
    return html`<li title="${formatExactMoment(lot.at, moment)}">${text}</li>`;
  });
  return html`<section class="expiring"><h2 class="unseen">${t('card.expiringHeading')}</h2><ul>${lines}</ul></section>`;
}

function coupons({ coupons: list = [], locale }: CardPageData, t: Translate, lang: Lang): Html | undefined {
  if (list.length === 0) return undefined;
  const lines = list.slice(0, COUPONS_SHOWN).map(({ name, code, until }) => {
    // What ends at midnight is good until the day before.
    const last = until === undefined ? undefined : epochMilliseconds(until) - 1;
    const day = last === undefined ? '' : formatDay(last, { lang, timeZone: locale.timeZone, now: locale.now });
    return html`<li><p>${name}${until !== undefined && html`<small>${t('card.coupon.until', { day })}</small>`}</p><b class="coupon-code">${code}</b></li>`;
  });
  return html`<section class="entries coupons"><h2>${t('card.coupon.heading')}</h2><ul>${lines}</ul><p class="hint">${t('card.coupon.hint')}</p></section>`;
}

function others({ others: list = [] }: CardPageData, t: Translate): Html | undefined {
  if (list.length === 0) return undefined;
  const lines = list.map(({ name, url }) => html`<li><a href="${link(url)}">${name}</a></li>`);
  return html`<section class="others"><h2>${t('card.others')}</h2><ul>${lines}</ul></section>`;
}

/** Whoever agreed to advertising can stop it where it reaches him. */
function advertising({ advertisingUrl }: CardPageData, t: Translate): Html | undefined {
  if (advertisingUrl === undefined) return undefined;
  return html`<p class="advertising"><a href="${link(advertisingUrl)}" rel="nofollow">${t('card.advertising')}</a></p>`;
}

/** Notifications are asked for by a press, after it is said what they are. The script shows what is possible here. */
function notices({ push, browser }: CardPageData, t: Translate): Html | undefined {
  if (push === undefined) return undefined;
  const home = browser.device === 'iphone' && html` data-needs-home`;
  return html`<section class="push" id="push" data-key="${push.key}" data-url="${link(push.url)}" data-on="${t('card.push.on')}" data-off="${t('card.push.off')}"${home} hidden><h2>${t('card.push.heading')}</h2>
<p data-when="off">${t('card.push.text')}</p><p data-when="on">${t('card.push.isOn')}</p><p data-when="denied">${t('card.push.denied')}</p><p data-when="home">${t('card.push.home')}</p><p data-when="failed" role="alert">${t('card.push.failed')}</p>
<button type="button" class="button button-second" hidden></button></section>`;
}

function receipt({ receiptUrl }: CardPageData, t: Translate): Html | undefined {
  if (receiptUrl === undefined) return undefined;
  return html`<section class="receipt"><h2>${t('receipt.heading')}</h2><p>${t('receipt.lead')}</p><a class="button button-second" href="${link(receiptUrl)}">${t('receipt.open')}</a></section>`;
}

/** The link stands there to be copied by hand; the button is shown by the script, which can send it. */
function invite(data: CardPageData, t: Translate): Html | undefined {
  const { invite: invitation } = data;
  if (invitation === undefined) return undefined;
  const { url, code, text, message } = invitation;
  return html`<section class="invite"><h2>${t('card.invite.heading')}</h2><p>${text}</p>
<p class="invite-link">${link(url)}</p><p class="quiet">${t('card.invite.code', { code })}</p>
<button type="button" class="button" id="share" data-share="${link(url)}" data-share-text="${message}" data-copied="${t('card.invite.copied')}" hidden>${t('card.invite.share')}</button></section>`;
}

function entries(data: CardPageData, t: Translate, lang: Lang): Html {
  const list = data.entries.slice(0, ENTRIES_SHOWN).map((entry) => entryLine(entry, data.locale, t, lang));
  return html`<section class="entries"><h2>${t('card.entries')}</h2>${
    list.length === 0 ? html`<p class="quiet">${t('card.noEntries')}</p>` : html`<ul>${list}</ul>`
  }</section>`;
}

function entryLine(entry: CardEntry, locale: Locale, t: Translate, lang: Lang): Html {
  const moment = { lang, timeZone: locale.timeZone, now: locale.now };
  const withSum = entry.sumMinor !== undefined && (entry.kind === 'earned' || entry.kind === 'spent');
  const what = withSum
    ? t(`card.entry.${entry.kind}Sum`, { sum: formatMoney(entry.sumMinor ?? 0n, locale.currency, lang) })
    : t(`card.entry.${entry.kind}`);
  const [number, ...word] = points(entry.pointsMinor, locale, lang, true).split('\u00A0');
  return html`<li><p>${what}<small title="${formatExactMoment(entry.at, moment)}">${formatMoment(entry.at, moment)}${entry.venue !== undefined && `, ${entry.venue}`}</small></p><b class="${entry.pointsMinor > 0n ? 'gain' : 'loss'}">${number}<span class="unseen"> ${word.join(' ')}</span></b></li>`;
}

/** The code on a white sheet over the whole screen, opened by `#code`, without a script. */
function codeSheet(data: CardPageData, t: Translate): Html | undefined {
  const barcode = data.card.barcode;
  if (barcode === undefined || data.card.voided === true) return undefined;
  return html`<section class="code-sheet" id="code" aria-labelledby="code-heading"><h2 id="code-heading">${t('card.codeHeading')}</h2>
<div id="code-picture" data-live><img src="${safeUrl(svgDataUrl(barcode.svg), 'image')}" alt="${t('card.codeHeading')}">${barcode.altText !== undefined && html`<p class="code-text">${barcode.altText}</p>`}</div>
<p class="hint">${t('card.codeHint')}</p><a class="button" href="#main">${t('card.closeCode')}</a></section>`;
}
