import type { CardModel, CardOptions } from './card-model.ts';
import { namedLink, withLinks } from './card-parts.ts';
import { WORDS } from './card-words.ts';
import { type Html, html } from './html.ts';

/** The sheet of details behind a card, as iOS shows it; on the web without the phone's own switches. */
export function backSide(model: CardModel, options: CardOptions): Html {
  const words = WORDS[options.lang];
  const links = model.links ?? [];
  const ofPhone = options.platform === 'apple';
  return html`<section class="t-card t-card-back t-card-${options.platform}" aria-label="${words.information}"><div class="t-back">
<p class="t-back-title">${words.information}</p>
${ofPhone && switches(options)}
<dl class="t-back-group">${model.backFields.map((field) => html`<div class="t-back-field"><dt>${field.label}</dt><dd>${withLinks(field.value)}</dd></div>`)}</dl>
${links.length > 0 && html`<div class="t-back-group">${links.map((link) => html`<div class="t-back-field">${namedLink(link)}</div>`)}</div>`}
${ofPhone && html`<div class="t-back-group t-back-remove">${words.remove}</div>`}</div></section>`;
}

function switches({ lang, automaticUpdates }: CardOptions): Html {
  const words = WORDS[lang];
  const toggle = (text: string, on: boolean): Html =>
    html`<div class="t-back-toggle"><span>${text}</span><i class="${on ? 't-on' : 't-off'}" role="img" aria-label="${on ? words.on : words.off}"></i></div>`;
  return html`<div class="t-back-group">${toggle(words.updates, automaticUpdates !== false)}${toggle(words.lockScreen, true)}</div>`;
}
