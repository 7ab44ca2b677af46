import {
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

const ENTRIES_SHOWN = 10;
const EXPIRING_SHOWN = 3;

/** `/c/<guid>`: the guest's card. Elements with `data-live` are replaced by the script when the state behind `stateUrl` changes. */
export function cardPage(data: CardPageData, t: Translate, lang: Lang): string {
  const heading =
    data.guestName === undefined || data.guestName === ''
      ? t('card.heading')
      : t('card.headingNamed', { name: data.guestName });
  const main = html`<div class="card-page" data-live-state="${link(data.stateUrl)}">
<h1>${heading}</h1>
<div class="card-side"><div id="card-picture" data-live>${trusted(renderCard(data.card, { platform: 'apple', lang }))}</div>
${actions(data, t)}
${data.card.backFields.length > 0 && html`<details class="turn"><summary>${t('card.turn')}</summary>${trusted(renderCard(data.card, { platform: 'web', side: 'back', lang }))}</details>`}</div>
<div class="card-facts" id="card-facts" data-live>${balance(data, t, lang)}${data.card.voided !== true && html`${level(data, t, lang)}${expiring(data, t, lang)}${receipt(data, t)}${invite(data, t)}`}${entries(data, t, lang)}</div>
</div>${codeSheet(data, t)}`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('card.title', { company: data.site.company?.name ?? '' }),
    description: t('card.heading'),
    search: 'private',
    css: cardCss + signCss + cardPageCss,
    script: 'live',
    main,
    width: 'wide',
  });
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

function receipt({ receiptUrl }: CardPageData, t: Translate): Html | undefined {
  if (receiptUrl === undefined) return undefined;
  return html`<section class="receipt"><h2>${t('receipt.heading')}</h2><p>${t('receipt.lead')}</p><a class="button button-quiet" href="${link(receiptUrl)}">${t('receipt.open')}</a></section>`;
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

/**
 * The ways to keep the card. Apple wants its own badge artwork here; it may not be redistributed with an open project, so the
 * button is drawn plainly in our own way. Whoever runs a public installation can put Apple's badge in its place.
 */
function actions(data: CardPageData, t: Translate): Html | undefined {
  if (data.card.voided === true) return undefined;
  const { device, inApp } = data.browser;
  const code =
    data.card.barcode !== undefined && html`<a class="button button-second" href="#code">${t('card.showCode')}</a>`;
  const apple =
    data.appleUrl !== undefined &&
    html`<a class="button wallet-button" href="${link(data.appleUrl)}">${walletSymbol()}<span>${t('card.addToApple')}</span></a>`;
  const google =
    data.googleUrl !== undefined &&
    html`<a class="button wallet-button" href="${link(data.googleUrl)}" rel="nofollow">${walletSymbol()}<span>${t('card.addToGoogle')}</span></a>`;
  const offered = data.appleUrl !== undefined;
  const hint = data.installed
    ? t('card.installed')
    : device === 'iphone' && offered
      ? t('card.installApple')
      : device === 'android'
        ? t(data.googleUrl === undefined ? 'card.installAndroid' : 'card.installGoogle')
        : offered
          ? t('card.installOther')
          : undefined;
  const warning =
    inApp &&
    html`<p class="notice notice-look" role="note">${t(device === 'android' ? 'card.inAppOther' : 'card.inApp')}</p>`;
  // What this phone can do comes first; without Google Wallet an Android phone is best served by the code on this page.
  const ways =
    device === 'android'
      ? html`${google}${code}${apple}`
      : device === 'iphone'
        ? html`${apple}${code}${google}`
        : html`${apple}${google}${code}`;
  return html`<div class="card-actions">${warning}${ways}${hint !== undefined && !inApp && html`<p class="hint">${hint}</p>`}</div>`;
}

function walletSymbol(): Html {
  return trusted(
    '<svg viewBox="0 0 28 22" width="28" height="22" aria-hidden="true"><rect x="1" y="1" width="26" height="20" rx="4" fill="none" stroke="currentColor" stroke-width="1.6"/>' +
      '<path d="M1 7h26M1 12h8c1 0 1.6.7 2 1.5a3.4 3.4 0 0 0 6 0c.4-.8 1-1.5 2-1.5h8" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>',
  );
}

/** The code on a white sheet over the whole screen, opened by `#code`, without a script. */
function codeSheet(data: CardPageData, t: Translate): Html | undefined {
  const barcode = data.card.barcode;
  if (barcode === undefined || data.card.voided === true) return undefined;
  return html`<section class="code-sheet" id="code" aria-labelledby="code-heading"><h2 id="code-heading">${t('card.codeHeading')}</h2>
<div id="code-picture" data-live><img src="${safeUrl(svgDataUrl(barcode.svg), 'image')}" alt="${t('card.codeHeading')}">${barcode.altText !== undefined && html`<p class="code-text">${barcode.altText}</p>`}</div>
<p class="hint">${t('card.codeHint')}</p><a class="button" href="#main">${t('card.closeCode')}</a></section>`;
}
