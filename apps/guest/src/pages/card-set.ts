import { type CardModel, type Html, html, type Lang, renderCard, trusted } from '@tessera/look';
import type { BrowserKind, Site, Translate } from '../data.ts';
import { link, renderDocument } from '../document.ts';
import { cardCss, cardPageCss, cardSetCss } from '../styles.ts';
import { windowHelp } from './card-actions.ts';

/** `/set/<guid>`: several cards of one guest. */
export interface CardSetPageData {
  readonly site: Site;
  readonly cards: readonly {
    readonly card: CardModel;
    /** The web card. */
    readonly url: string;
  }[];
  /** One file with all of them; absent: no button. */
  readonly appleUrl?: string;
  /** Leads to Google's page that saves all of them; absent: no button. */
  readonly googleUrl?: string;
  readonly browser: BrowserKind;
}

/** The cards of a set below each other; what this phone can do with all of them at once comes first. */
export function cardSetPage(data: CardSetPageData, t: Translate, lang: Lang): string {
  const main = html`<div class="card-set"><h1>${t('set.heading', { count: data.cards.length })}</h1>
${ways(data, t)}
<ul class="card-set-list">${data.cards.map(({ card, url }) => one(card, url, t, lang))}</ul></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('set.title', { company: data.site.company?.name ?? '' }),
    description: t('set.heading', { count: data.cards.length }),
    search: 'private',
    css: cardCss + cardPageCss + cardSetCss,
    main,
    width: 'wide',
  });
}

function one(card: CardModel, url: string, t: Translate, lang: Lang): Html {
  const name = card.logoText === '' ? card.organizationName : card.logoText;
  return html`<li>${trusted(renderCard(card, { platform: 'web', lang }))}
<a class="button button-second" href="${link(url)}">${t('set.open')}<span class="unseen">: ${name}</span></a></li>`;
}

function ways({ appleUrl, googleUrl, browser, cards }: CardSetPageData, t: Translate): Html {
  const { device, inApp } = browser;
  const apple =
    appleUrl !== undefined &&
    html`<a class="button wallet-button" href="${link(appleUrl)}">${t('card.addToApple')}</a>`;
  const google =
    googleUrl !== undefined &&
    html`<a class="button wallet-button" href="${link(googleUrl)}" rel="nofollow">${t('card.addToGoogle')}</a>`;
  if (inApp) {
    return html`<div class="card-actions">${windowHelp({ browser }, t)}</div>`;
  }
  const hint =
    device === 'iphone' && apple
      ? t('set.hintApple', { count: cards.length })
      : device === 'android' && google
        ? t('set.hintGoogle', { count: cards.length })
        : t('set.hintWeb');
  // A file of several cards opens on an iPhone and nowhere else.
  return html`<div class="card-actions">${device === 'iphone' ? apple : google}${device === 'iphone' ? google : device === 'other' && apple}<p class="hint">${hint}</p></div>`;
}
