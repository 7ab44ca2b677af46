import { faviconDataUrl, type Html, html, type Lang, renderSign, safeUrl, tokens, trusted } from '@tessera/look';
import type { Site, Translate } from './data.ts';
import { baseCss } from './styles.ts';

export type ScriptName = 'register' | 'code' | 'live' | 'card' | 'receipt';

export interface DocumentParts {
  readonly site: Site;
  readonly t: Translate;
  readonly lang: Lang;
  readonly title: string;
  readonly description?: string;
  /**
   * `open`: may be found. `private`: a guest's page behind a secret address; the search engines are asked by name to leave it out
   * (a general `noindex` would do the same and is what `closed` pages carry, but Lighthouse then counts the page as broken).
   */
  readonly search?: 'open' | 'private' | 'closed';
  readonly css?: string;
  /** Further lines of the head. */
  readonly head?: Html;
  readonly script?: ScriptName;
  readonly main: Html;
  /** `wide` for pages with two columns on a desk. */
  readonly width?: 'column' | 'wide';
}

/** A whole page: inline styles, no fonts, at most one script, which the page does not depend on. */
export function renderDocument(parts: DocumentParts): string {
  const { site, t, lang } = parts;
  return html`${trusted('<!doctype html>')}
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${parts.title}</title>
${parts.description !== undefined && html`<meta name="description" content="${parts.description}">`}
${robots(parts.search ?? 'closed')}
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<meta name="theme-color" content="${tokens.colours.light.paper}" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="${tokens.colours.dark.paper}" media="(prefers-color-scheme: dark)">
<link rel="icon" href="${faviconDataUrl()}">
${parts.head}
<style>${trusted(baseCss + (parts.css ?? ''))}</style>
${parts.script !== undefined && html`<script type="module" src="${scriptUrl(site, parts.script)}"></script>`}
</head>
<body class="${parts.width === 'wide' ? 'wide' : 'column'}">
<a class="skip" href="#main">${t('skip')}</a>
${siteHeader(site, t, lang)}
<main id="main" tabindex="-1">${parts.main}</main>
<footer class="site-footer">${trusted(renderSign({ size: 16, colour: 'one' }))}<span>${t('footer')}</span></footer>
</body>
</html>`.html;
}

function robots(search: 'open' | 'private' | 'closed'): Html[] {
  const names = search === 'open' ? [] : search === 'closed' ? ['robots'] : ['googlebot', 'bingbot', 'yandex'];
  return names.map((name) => html`<meta name="${name}" content="noindex">`);
}

function siteHeader(site: Site, t: Translate, lang: Lang): Html {
  const logo = safeUrl(site.company?.logo, 'image');
  return html`<header class="site-header">
<div class="site-name">${logo === undefined ? trusted(renderSign({ size: 24 })) : html`<img src="${logo}" alt="" height="28">`}<span>${site.company?.name ?? 'Tessera'}</span></div>
${languageSwitch(site, t, lang)}
</header>
${site.demo === true && html`<aside class="demo-note"><span>${t('demoNote')}</span> <a href="/?lang=${lang}">${t('demoHome')}</a></aside>`}`;
}

/** Nothing to choose where a page speaks one language. */
function languageSwitch({ path, languages = ['ru', 'en'] }: Site, t: Translate, lang: Lang): Html | undefined {
  if (languages.length < 2) return undefined;
  return html`<nav aria-label="${t('language.label')}">${(['ru', 'en'] as const).map((one) =>
    one === lang
      ? html`<span aria-current="true" lang="${one}">${t(`language.${one}`)}</span>`
      : html`<a href="${languageUrl(path, one)}" hreflang="${one}" lang="${one}">${t(`language.${one}`)}</a>`,
  )}</nav>`;
}

function languageUrl(path: string, lang: Lang): string {
  return `${safeUrl(path, 'link') ?? ''}${path.includes('?') ? '&' : '?'}lang=${lang}`;
}

function scriptUrl(site: Site, name: ScriptName): string {
  const version = site.assetVersion === undefined ? '' : `?v=${encodeURIComponent(site.assetVersion)}`;
  return `${site.assetBase ?? '/assets/guest'}/${name}.js${version}`;
}

/** A link address, or `#` when it is none. */
export function link(url: string | undefined): string {
  return safeUrl(url, 'link') ?? '#';
}

/** Turns the part in brackets into a link: «Даю согласие на [обработку персональных данных]». */
export function withLink(text: string, url: string, options: { readonly newTab?: boolean } = {}): Html {
  const match = /^(.*?)\[(.+?)\](.*)$/s.exec(text);
  if (match === null) return html`${text}`;
  const target = options.newTab === true ? trusted(' target="_blank" rel="noopener"') : undefined;
  return html`${match[1]}<a href="${link(url)}"${target}>${match[2]}</a>${match[3]}`;
}

/** Seconds as a clock: `0:45`. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
