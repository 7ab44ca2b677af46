import { formatDay, type Html, html, type Lang, renderCard, trusted } from '@tessera/look';
import type { ConsentTextPageData, ErrorPageData, LandingPageData, Translate } from '../data.ts';
import { countdown, link, renderDocument } from '../document.ts';
import { cardCss, clockCss, landingCss, proseCss } from '../styles.ts';
import { demoClock } from './demo-clock.ts';

/** The text that a guest consents to, with its version: what was agreed to must stay readable. */
export function consentTextPage(data: ConsentTextPageData, t: Translate, lang: Lang): string {
  const day = formatDay(data.since, { ...data.locale, lang });
  const main = html`<article class="prose"><h1>${data.title}</h1>
<p class="quiet">${t('consentText.operator', { operator: data.operatorName })}<br>${t('consentText.version', { version: data.version, day })}</p>
${paragraphs(data.text)}
<p class="notice">${t('consentText.withdraw')}</p>
${data.backUrl !== undefined && html`<p><a class="button button-second" href="${link(data.backUrl)}">${t('consentText.back')}</a></p>`}</article>`;
  const title = t('consentText.title', { title: data.title, company: data.site.company?.name ?? '' });
  return renderDocument({
    site: data.site,
    t,
    lang,
    title,
    description: data.title,
    search: 'open',
    css: proseCss,
    main,
  });
}

function paragraphs(text: string): Html[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('# ') ? html`<h2>${part.slice(2)}</h2>` : html`<p>${part}</p>`));
}

/** What happened and what to do now. Never a stack, never a code alone. */
export function errorPage(data: ErrorPageData, t: Translate, lang: Lang): string {
  const texts = `error.${data.status}`;
  const now =
    data.status === 429 && data.retrySeconds !== undefined
      ? t('error.429.nowSeconds', { time: countdown(data.retrySeconds) })
      : t(`${texts}.now`);
  const again = data.status === 429 || data.status >= 500;
  const main = html`<article class="prose error-page"><p class="error-sign" aria-hidden="true">${brokenSign()}</p><h1>${t(`${texts}.title`)}</h1>
<p class="lead">${t(`${texts}.what`)}</p><p>${now}</p>
${data.reference !== undefined && html`<p class="quiet">${t('error.reference', { reference: data.reference })}</p>`}
<p class="error-actions">${again && html`<a class="button" href="${link(data.site.path)}">${t('error.retry')}</a>`}${data.homeUrl !== undefined && html`<a class="button button-second" href="${link(data.homeUrl)}">${t('error.home')}</a>`}</p></article>`;
  const title = t(`${texts}.title`);
  return renderDocument({ site: data.site, t, lang, title, description: t(`${texts}.what`), css: proseCss, main });
}

/** The token with its halves far apart: something that should meet does not. */
function brokenSign(): Html {
  return trusted(
    '<svg viewBox="0 0 44 32" width="66" height="48"><path fill="currentColor" d="M9 2h8.6l-1.5 6.4 2.3 5-3.6 6.3 1.5 4.6-1.9 5.7H9a7 7 0 0 1-7-7V9a7 7 0 0 1 7-7Z"/>' +
      '<path fill="currentColor" opacity=".55" transform="translate(11 1.5) rotate(6 24 16)" d="M19.3 2H23a7 7 0 0 1 7 7v14a7 7 0 0 1-7 7h-7l1.9-5.7-1.5-4.6 3.6-6.3-2.3-5L19.3 2Z"/></svg>',
  );
}

const STORY = ['form', 'messages', 'till', 'phone'] as const;
const STAFF = ['console', 'docs'] as const;

/** `/` of an installation: where to click. In a demo the guest's story comes first, in the order in which it is played. */
export function landingPage(data: LandingPageData, t: Translate, lang: Lang): string {
  const demo = data.site.demo === true;
  const card =
    data.card !== undefined &&
    html`<div class="landing-card">${trusted(renderCard(data.card, { platform: 'apple', lang, size: 'thumbnail' }))}</div>`;
  const main = html`<div class="landing"><div class="landing-head"><h1>${demo ? t('landing.headingDemo', { company: data.site.company?.name ?? 'Tessera' }) : t('landing.heading')}</h1>
<p class="lead">${t(demo ? 'landing.leadDemo' : 'landing.lead')}</p></div>${card}
${linkList('story', STORY, data, t, t('landing.storyHeading'), true)}
${linkList('staff', STAFF, data, t, t('landing.staffHeading'), false)}${data.clock && demoClock(data.clock, '/', t, lang)}</div>`;
  const title = demo ? t('landing.headingDemo', { company: data.site.company?.name ?? 'Tessera' }) : t('landing.title');
  return renderDocument({
    site: data.site,
    t,
    lang,
    title,
    description: t(demo ? 'landing.leadDemo' : 'landing.lead'),
    search: 'open',
    css: landingCss + (data.clock === undefined ? '' : clockCss) + (data.card === undefined ? '' : cardCss),
    main,
    width: 'wide',
  });
}

type LinkName = (typeof STORY)[number] | (typeof STAFF)[number];

function linkList(
  id: string,
  names: readonly LinkName[],
  data: LandingPageData,
  t: Translate,
  heading: string,
  numbered: boolean,
): Html | undefined {
  const items = names.flatMap((name) => {
    const url = data.links[name];
    return url === undefined
      ? []
      : [
          html`<li><a href="${link(url)}"><strong>${t(`landing.${name}.title`)}</strong><span>${t(`landing.${name}.text`)}</span></a></li>`,
        ];
  });
  if (items.length === 0) return undefined;
  const list = numbered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${list}</section>`;
}
