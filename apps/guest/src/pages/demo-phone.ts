import {
  epochMilliseconds,
  formatExactMoment,
  formatMoment,
  type Html,
  html,
  type InstantLike,
  type Lang,
  renderCard,
  renderLockScreenMessage,
  trusted,
} from '@tessera/look';
import type { DemoPhonePageData, Translate } from '../data.ts';
import { link, renderDocument, withLink } from '../document.ts';
import { cardCss, clockCss, phoneCss, signCss } from '../styles.ts';
import { demoClock } from './demo-clock.ts';

const NOTICES_SHOWN = 2;
const LOG_SHOWN = 12;

/** A drawn phone that holds the card: its screen is replaced by the script whenever the simulated phone changes. */
export function demoPhonePage(data: DemoPhonePageData, t: Translate, lang: Lang): string {
  const lead = data.tillUrl === undefined ? html`${t('phone.leadPlain')}` : withLink(t('phone.lead'), data.tillUrl);
  const main = html`<div class="phone-page" data-live-state="${link(data.stateUrl)}" data-live-events="${link(data.eventsUrl)}">
<div class="phone-words"><h1>${t('phone.heading')}</h1><p class="lead">${lead}</p></div>
${drawnPhone(data, t, lang)}
<div class="phone-controls" id="phone-controls" data-live>${controls(data, t)}</div>
${data.clock && demoClock(data.clock, '/demo/phone', t, lang)}
<div class="phone-log"><h2>${t('phone.logHeading')}</h2><div id="phone-log" data-live>${log(data, t, lang)}</div></div></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('phone.title', { company: data.site.company?.name ?? 'Tessera' }),
    description: t('phone.leadPlain'),
    css: cardCss + signCss + phoneCss + clockCss,
    script: 'live',
    main,
    width: 'wide',
  });
}

function drawnPhone(data: DemoPhonePageData, t: Translate, lang: Lang): Html {
  const look = (wallpaper: string, side: string): string => `?wallpaper=${wallpaper}&side=${side}&lang=${lang}`;
  const choice = (url: string, text: string, current: boolean): Html =>
    html`<a href="${url}"${current && trusted(' aria-current="true"')}>${text}</a>`;
  return html`<div class="phone-stand"><section class="phone t-wallpaper-${data.wallpaper}" aria-label="${t('phone.screen')}"><div class="phone-screen" id="phone-screen" data-live>${screen(data, t, lang)}</div></section>
<div class="phone-switches"><nav aria-label="${t('phone.side')}">${choice(look(data.wallpaper, 'front'), t('phone.front'), data.side === 'front')}${choice(look(data.wallpaper, 'back'), t('phone.back'), data.side === 'back')}</nav>
<nav aria-label="${t('phone.wallpaper')}">${choice(look('light', data.side), t('phone.wallpaperLight'), data.wallpaper === 'light')}${choice(look('dark', data.side), t('phone.wallpaperDark'), data.wallpaper === 'dark')}</nav></div></div>`;
}

function screen(data: DemoPhonePageData, t: Translate, lang: Lang): Html {
  const notices = data.notices.slice(0, NOTICES_SHOWN).map((notice) =>
    trusted(
      renderLockScreenMessage({
        icon: notice.icon,
        organizationName: notice.organizationName,
        text: notice.text,
        at: noticeTime(notice.at, data, t, lang),
        lang,
      }),
    ),
  );
  const card =
    data.card === undefined
      ? html`<div class="phone-empty"><p><strong>${t('phone.empty')}</strong></p><p>${t('phone.emptyHint')}</p></div>`
      : trusted(
          renderCard(data.card, { platform: 'apple', side: data.side, lang, automaticUpdates: data.automaticUpdates }),
        );
  return html`<p class="phone-status" aria-hidden="true"><span>${clock(data.locale.now, data, false)}</span><span class="phone-island"></span><span class="phone-battery"></span></p>
<div class="phone-notices" role="log" aria-label="${t('phone.notices')}">${notices}</div><div class="phone-card">${card}</div><span class="phone-home" aria-hidden="true"></span>`;
}

function controls(data: DemoPhonePageData, t: Translate): Html {
  const held = data.card !== undefined;
  return html`${
    held &&
    html`<div class="phone-buttons">${post(data.actions.refresh, html`<button class="button">${t('phone.refresh')}</button>`)}
${post(data.actions.updates, html`<input type="hidden" name="on" value="${data.automaticUpdates ? '0' : '1'}"><button class="button button-second">${t(data.automaticUpdates ? 'phone.updatesOff' : 'phone.updatesOn')}</button>`)}</div>
<p class="quiet">${t('phone.updatesState')}: ${t(data.automaticUpdates ? 'phone.on' : 'phone.off')}</p>`
  }
${chooser(data, t, held)}
${held && post(data.actions.remove, html`<button class="button button-quiet">${t('phone.remove')}</button>`)}`;
}

function chooser(data: DemoPhonePageData, t: Translate, held: boolean): Html | undefined {
  if (data.candidates.length === 0)
    return data.formUrl === undefined
      ? undefined
      : html`<p class="notice">${withLink(t('phone.noGuests'), data.formUrl)}</p>`;
  const options = data.candidates.map(
    (one) => html`<option value="${one.id}"${one.current && trusted(' selected')}>${one.label}</option>`,
  );
  return post(
    data.actions.install,
    html`<label for="phone-choice">${t('phone.choose')}</label><div class="phone-choice"><select id="phone-choice" name="card">${options}</select><button class="button${held ? ' button-second' : ''}">${t(held ? 'phone.replace' : 'phone.install')}</button></div>`,
  );
}

function post(action: string, inside: Html): Html {
  return html`<form method="post" action="${link(action)}" data-quiet-post>${inside}</form>`;
}

function log(data: DemoPhonePageData, t: Translate, lang: Lang): Html {
  if (data.log.length === 0) return html`<p class="quiet">${t('phone.logEmpty')}</p>`;
  const moment = { ...data.locale, lang };
  const lines = data.log.slice(0, LOG_SHOWN).map((line) => {
    const text =
      line.kind === 'failed' ? t('phone.log.failed', { reason: line.reason ?? '' }) : t(`phone.log.${line.kind}`);
    return html`<li class="log-${line.kind}"><span>${text}</span><small title="${formatExactMoment(line.at, moment)}">${clock(line.at, data, true)}</small></li>`;
  });
  return html`<ol>${lines}</ol>`;
}

/** The phone's own clock, with seconds in the log: there the order of events matters. */
function clock(at: InstantLike, data: DemoPhonePageData, seconds: boolean): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: data.locale.timeZone,
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(epochMilliseconds(at));
}

/** A lock screen says "now" for a minute. */
function noticeTime(at: InstantLike, data: DemoPhonePageData, t: Translate, lang: Lang): string {
  const age = epochMilliseconds(data.locale.now) - epochMilliseconds(at);
  return age >= 0 && age < 60_000 ? t('phone.now') : formatMoment(at, { ...data.locale, lang });
}
