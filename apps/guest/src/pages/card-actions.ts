import { type Html, html, type Lang, safeUrl, svgDataUrl, trusted } from '@tessera/look';
import type { BrowserKind, CardPageData, Translate } from '../data.ts';
import { link, withLink } from '../document.ts';

/** Reads `.pkpass` files on Android; of those it is the one that people know. */
const READER = 'https://play.google.com/store/apps/details?id=io.walletpasses.android';

/**
 * The ways to keep the card, the one that this phone can do first. Apple wants its own badge artwork here; it may not be
 * redistributed with an open project, so the button is drawn plainly in our own way. Whoever runs a public installation can
 * put Apple's badge in its place.
 */
export function cardActions(data: CardPageData, t: Translate, lang: Lang): Html | undefined {
  if (data.card.voided === true) return undefined;
  const { device, inApp } = data.browser;
  const { apple, google, code } = buttons(data, t);
  const install = html`<button type="button" class="button button-second" id="install" hidden>${t('card.install')}</button>`;
  const ways =
    device === 'android'
      ? // Without Google Wallet an Android phone is best served by this page itself.
        html`${google}${code}${install}`
      : device === 'iphone'
        ? html`${apple}${code}${google}`
        : html`${desk(data, t)}${code}${install}${apple}${google}`;
  const hint = inApp ? undefined : hintOf(data, t);
  return html`<div class="card-actions">${inApp && windowHelp(helpOf(data), t)}${ways}${hint !== undefined && html`<p class="hint">${hint}</p>`}${otherWays(data, t, lang)}${!data.mayShare && html`<p class="hint">${t('card.personal')}</p>`}</div>`;
}

/** Whoever may not pass the card on is not handed its address either. */
const helpOf = ({ browser, pageUrl, mayShare }: CardPageData) =>
  mayShare && pageUrl !== undefined ? { browser, pageUrl } : { browser };

function buttons(data: CardPageData, t: Translate): Record<'apple' | 'google' | 'code', Html | false> {
  return {
    code:
      data.card.barcode !== undefined && html`<a class="button button-second" href="#code">${t('card.showCode')}</a>`,
    apple:
      data.appleUrl !== undefined &&
      html`<a class="button wallet-button" href="${link(data.appleUrl)}">${walletSymbol()}<span>${t('card.addToApple')}</span></a>`,
    google:
      data.googleUrl !== undefined &&
      html`<a class="button wallet-button" href="${link(data.googleUrl)}" rel="nofollow">${walletSymbol()}<span>${t('card.addToGoogle')}</span></a>`,
  };
}

function hintOf({ installed, browser, appleUrl, googleUrl, phoneQr }: CardPageData, t: Translate): string | undefined {
  const { device, program } = browser;
  if (installed) return t('card.installed');
  if (device === 'android') return t(googleUrl === undefined ? 'card.installAndroid' : 'card.installGoogle');
  if (device === 'iphone') {
    if (appleUrl === undefined) return t('card.installHome');
    return t(program === 'safari' ? 'card.installApple' : 'card.installAppleElsewhere');
  }
  return appleUrl !== undefined && phoneQr === undefined ? t('card.installOther') : undefined;
}

/** At a desk the phone lies beside: its camera takes the page over. */
function desk({ phoneQr }: CardPageData, t: Translate): Html | false {
  const picture = phoneQr !== undefined && safeUrl(svgDataUrl(phoneQr), 'image');
  return (
    picture !== false &&
    picture !== undefined &&
    html`<div class="desk"><img src="${picture}" alt="" width="120" height="120"><p><strong>${t('card.desk.heading')}</strong><br>${t('card.desk.text')}</p></div>`
  );
}

/** How to leave a program's own window, in the words of that program. */
export function windowHelp({ browser, pageUrl }: Pick<CardPageData, 'browser' | 'pageUrl'>, t: Translate): Html {
  const { device, program } = browser;
  const iphone = device === 'iphone';
  const where = t(iphone ? 'card.window.safari' : 'card.window.browser');
  const copy =
    pageUrl !== undefined &&
    html`<p class="copy-line">${t('card.window.orCopy', { browser: where })}<br><span class="invite-link copy-link">${pageUrl}</span></p>
<button type="button" class="button button-second" data-copy="${pageUrl}" data-copied="${t('card.invite.copied')}" hidden>${t('card.window.copy')}</button>`;
  return html`<section class="notice notice-look in-app" aria-labelledby="in-app"><h2 id="in-app">${t('card.window.heading', { browser: where })}</h2>
<p>${t(iphone ? 'card.window.whyWallet' : 'card.window.whyKeep')}</p>
<ol><li>${t(`card.window.menu.${program in menus ? program : 'other_app'}`)}</li><li>${t(`card.window.choose.${chooseOf(browser)}`)}</li></ol>${copy}</section>`;
}

/** Programs whose menu we know; the others are told of both signs that menus have. */
const menus: Partial<Record<BrowserKind['program'], true>> = {
  instagram: true,
  facebook: true,
  vk: true,
  telegram: true,
  yandex_app: true,
  google_app: true,
  other_app: true,
};

function chooseOf({ device, program }: BrowserKind): 'external' | 'safari' | 'browser' {
  if (program === 'instagram' || program === 'facebook') return 'external';
  return device === 'iphone' ? 'safari' : 'browser';
}

/** What is left for whoever wants none of the above, with honest words about what it cannot do. */
function otherWays(data: CardPageData, t: Translate, lang: Lang): Html | undefined {
  const { device } = data.browser;
  const file =
    device === 'android' &&
    data.appleUrl !== undefined &&
    html`<p>${withLink(t('card.reader.text'), `${READER}&hl=${lang}`, { newTab: true })}</p><p>${t('card.reader.updates')}</p>
<a class="button button-second" href="${link(data.appleUrl)}">${t('card.reader.file')}</a>`;
  const home = device === 'iphone' && data.appleUrl !== undefined && html`<p>${t('card.installHome')}</p>`;
  const paper =
    data.pdfUrl !== undefined &&
    html`<p>${t('card.paper.text')}</p><a class="button button-second" href="${link(data.pdfUrl)}">${t('card.paper.file')}</a>`;
  const share =
    data.mayShare &&
    data.pageUrl !== undefined &&
    html`<p>${t('card.share.text')}</p><button type="button" class="button button-second" data-share="${link(data.pageUrl)}" data-share-text="${t('card.title', { company: data.card.organizationName })}" data-copied="${t('card.invite.copied')}" hidden>${t('card.share.button')}</button>`;
  if (file === false && home === false && paper === false && share === false) return undefined;
  return html`<details class="other-ways"><summary>${t('card.otherWays')}</summary>${file}${home}${paper}${share}</details>`;
}

function walletSymbol(): Html {
  return trusted(
    '<svg viewBox="0 0 28 22" width="28" height="22" aria-hidden="true"><rect x="1" y="1" width="26" height="20" rx="4" fill="none" stroke="currentColor" stroke-width="1.6"/>' +
      '<path d="M1 7h26M1 12h8c1 0 1.6.7 2 1.5a3.4 3.4 0 0 0 6 0c.4-.8 1-1.5 2-1.5h8" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>',
  );
}
