import { epochMilliseconds, type Html, html, type Lang } from '@tessera/look';
import type { DemoClock, Translate } from '../data.ts';
import { link } from '../document.ts';

/** What the buttons move by, ISO 8601. */
const STEPS = [
  ['P1D', 'clock.day'],
  ['P7D', 'clock.week'],
  ['P30D', 'clock.month'],
  ['P365D', 'clock.year'],
] as const;

/** The demo's clock with buttons that put it ahead: what takes months in a restaurant is seen in a minute. */
export function demoClock(clock: DemoClock, back: string, t: Translate, lang: Lang): Html {
  const day = new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: clock.timeZone,
  }).format(epochMilliseconds(clock.now));
  const buttons = STEPS.map(
    ([advance, text]) =>
      html`<button class="button button-second" name="advance" value="${advance}">${t(text)}</button>`,
  );
  return html`<section class="demo-clock" id="demo-clock" data-live aria-labelledby="demo-clock-heading"><h2 id="demo-clock-heading">${t('clock.heading')}</h2>
<p><strong>${day}</strong>${clock.moved && html` <span class="quiet">${t('clock.moved')}</span>`}</p>
<form method="post" action="${link(clock.action)}" data-quiet-post><input type="hidden" name="back" value="${back}"><div class="demo-clock-steps">${buttons}</div></form>
<p class="quiet">${t('clock.hint')}</p></section>`;
}
