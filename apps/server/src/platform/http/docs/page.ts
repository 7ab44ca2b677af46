import { readFileSync } from 'node:fs';
import type { Language } from '@tessera/contract/messages';
import { faviconDataUrl, type Html, html, renderSign, tokensCss, trusted } from '@tessera/look';
import type { Translate } from '../../texts.ts';
import { type ApiDocument, askedBy, type JsonSchema, jsonSchemaOf, type Operation, shortExampleOf } from './model.ts';

export type DocsPage = {
  document: ApiDocument;
  t: Translate;
  language: Language;
  title: string;
  intro: string;
  /** Where the description itself and the page's script are read. */
  descriptionPath: string;
  scriptPath: string;
  /** Heading of the group that an address belongs to. */
  groupOf: (path: string, operation: Operation) => string;
};

const style = readFileSync(new URL('./docs.css', import.meta.url), 'utf8');

/**
 * A description of an API as one page that needs nothing from elsewhere: every method with its fields, refusals and a
 * form that calls it, and above them both ways to authorise.
 */
export function renderDocs(page: DocsPage): string {
  const { t, language, title } = page;
  const groups = groupsOf(page);
  const words = Object.fromEntries(
    ['sending', 'noToken', 'badJson', 'failed', 'signedIn', 'refused'].map((name) => [
      name,
      t(`api:${name}`, { status: '{status}' }),
    ]),
  );
  return `<!doctype html>${
    html`<html lang="${language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="${faviconDataUrl()}">
<style>${trusted(tokensCss())}${trusted(style)}</style>
</head>
<body data-words="${JSON.stringify(words)}">
<header class="top"><div class="wide">${trusted(renderSign({ size: 24 }))}<strong>${title}</strong>
<nav><a href="?lang=${language === 'ru' ? 'en' : 'ru'}" lang="${language === 'ru' ? 'en' : 'ru'}">${language === 'ru' ? 'English' : 'Русский'}</a></nav></div></header>
<div class="wide columns">
<nav class="list" aria-label="${t('api:methods')}">${groups.map(
      ([name, calls]) =>
        html`<h2>${name}</h2><ul>${calls.map(
          ({ id, label, verbs }) => html`<li><a href="#${id}">${label}</a> <small>${verbs.join(' · ')}</small></li>`,
        )}</ul>`,
    )}</nav>
<main>
<h1>${title}</h1><p class="lead">${page.intro}</p>
<p><a href="${page.descriptionPath}">${t('api:description')}</a></p>
${access(t)}
${groups.map(([name, calls]) => html`<h2 class="group">${name}</h2>${calls.map((one) => callOf(one, t))}`)}
</main></div>
<script src="${page.scriptPath}" defer></script>
</body></html>`.html
  }\n`;
}

type Call = { id: string; path: string; label: string; verbs: string[]; operation: Operation; method: string };

function groupsOf({ document, groupOf }: DocsPage): [string, Call[]][] {
  const groups = new Map<string, Call[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      // A read that answers to GET as well stands once, by POST.
      if (method === 'get' && operations.post) continue;
      const verbs = [method, ...(method === 'post' && operations.get ? ['get'] : [])].map((one) => one.toUpperCase());
      const label = path.replace(/^\/api\/v\d\//, '');
      const name = groupOf(path, operation);
      const call = { id: `${method}-${label.replace(/[^\w]+/g, '-')}`, path, label, verbs, operation, method };
      groups.set(name, [...(groups.get(name) ?? []), call]);
    }
  }
  return [...groups];
}

const access = (t: Translate): Html => html`<section class="surface access" id="access">
<h2>${t('api:access')}</h2><p>${t('api:accessText')}</p>
<div class="ways">
<form data-way="token"><h3>${t('api:permanent')}</h3>
<label>${t('api:permanent')}<input name="token" type="password" autocomplete="off" spellcheck="false"></label>
<fieldset><legend>${t('api:header')}</legend>
<label class="choice"><input type="radio" name="as" value="token" checked><code>X-Api-Token: …</code></label>
<label class="choice"><input type="radio" name="as" value="bearer"><code>Authorization: Bearer …</code></label></fieldset>
<p class="quiet">${t('api:permanentHint')}</p></form>
<form data-way="login"><h3>${t('api:login')}</h3>
<label>${t('api:loginLabel')}<input name="login" type="email" autocomplete="username"></label>
<label>${t('api:passwordLabel')}<input name="password" type="password" autocomplete="current-password"></label>
<p class="buttons"><button>${t('api:signIn')}</button><button type="button" class="plain" data-refresh hidden>${t('api:refresh')}</button></p>
<output role="status"></output></form>
</div></section>`;

function callOf({ id, path, label, verbs, operation, method }: Call, t: Translate): Html {
  const asked = askedBy(operation);
  const answer = jsonSchemaOf(operation.responses?.['200']?.content);
  const refused = Object.entries(operation.responses ?? {}).filter(([status]) => Number(status) >= 400);
  const open = operation.security?.length === 0;
  const callable =
    !path.includes('{') && (open || operation.security?.some((way) => 'bearer' in way || 'token' in way));
  return html`<section class="surface call" id="${id}">
<h3><code>${label}</code>${verbs.map((verb) => html`<span class="verb">${verb}</span>`)}${open && html`<span class="verb open">${t('api:open')}</span>`}</h3>
${operation.summary && html`<p>${operation.summary}</p>`}
${asked && asked.type === 'object' && html`<h4>${t('api:request')}</h4>${fieldsOf(asked, t)}`}
${answer && html`<details><summary>${t('api:answer')}</summary>${fieldsOf({ ...(answer.items ?? answer), required: [] }, t)}</details>`}
${
  refused.length > 0 &&
  html`<details><summary>${t('api:errors')}</summary><table><tbody>${refused.map(([status, { description = '' }]) =>
    codesOf(description, status, t),
  )}</tbody></table></details>`
}
${
  callable &&
  html`<details class="try"><summary>${t('api:try')}</summary><form data-call="${path}" data-open="${open ? 'yes' : ''}">
${
  verbs.length > 1
    ? html`<fieldset><legend>HTTP</legend>${verbs.map(
        (verb, index) =>
          html`<label class="choice"><input type="radio" name="verb" value="${verb}" ${trusted(index === 0 ? 'checked' : '')}>${verb}</label>`,
      )}</fieldset>`
    : html`<input type="hidden" name="verb" value="${method.toUpperCase()}">`
}
<label>${t('api:body')}<textarea name="body" spellcheck="false" rows="${asked ? 6 : 2}">${asked ? JSON.stringify(shortExampleOf(asked), null, 2) : '{}'}</textarea></label>
<p class="buttons"><button>${t('api:send')}</button></p>
<output role="status"></output><pre hidden></pre></form></details>`
}
</section>`;
}

/** `account_exists, invalid_phone` with the sentence of each. */
const codesOf = (description: string, status: string, t: Translate): Html =>
  html`${description.split(', ').map((code) => {
    const known = /^[a-z_]+$/.test(code);
    return html`<tr><td>${status}</td><td><code>${code}</code></td><td>${known && t(`errors:${code}`)}</td></tr>`;
  })}`;

function fieldsOf(schema: JsonSchema, t: Translate): Html | null {
  const rows = rowsOf(schema, '', t);
  if (rows.length === 0) return null;
  return html`<table class="fields"><thead><tr><th>${t('api:field')}</th><th>${t('api:type')}</th><th>${t('api:meaning')}</th></tr></thead>
<tbody>${rows.map(
    ({ name, type, required, meaning }) =>
      html`<tr><td><code>${name}</code>${required && html`<span class="must" title="${t('api:required')}">*</span>`}</td><td>${type}</td><td>${meaning}</td></tr>`,
  )}</tbody></table>`;
}

type Row = { name: string; type: string; required: boolean; meaning: string };

function rowsOf(schema: JsonSchema, above: string, t: Translate): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([own, one]) => {
    const name = above + own;
    const required = schema.required?.includes(own) === true && above === '';
    const row = { name, type: typeOf(one, t), required, meaning: one.description ?? '' };
    return [row, ...rowsOf(one.items ?? one, `${name}${one.items ? '[].' : '.'}`, t)];
  });
}

function typeOf(
  { type, anyOf, items, format, const: only, enum: values, 'x-unit': unit }: JsonSchema,
  t: Translate,
): string {
  if (anyOf)
    return [...new Set(anyOf.map((one) => (one.type === 'null' ? t('api:orNull') : typeOf(one, t))))].join(' ');
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((one) => JSON.stringify(one)).join(' | ');
  if (items) return `${t('api:listOf')}: ${typeOf(items, t)}`;
  return unit === 'kopecks' ? `${type}, ${t('api:kopecks')}` : (format ?? type ?? '');
}
