import { html, type Lang } from '@tessera/look';
import type { Site, Translate } from '../data.ts';
import { link, renderDocument } from '../document.ts';
import { formCss } from '../styles.ts';

/** The question, or, once nothing is agreed to, that it is so. */
export interface AdvertisingPageData {
  readonly site: Site;
  readonly action: string;
  readonly backUrl: string;
  readonly agreed: boolean;
}

/** `/c/<guid>/advertising`: asked once whether advertising shall stop, and told that it has. */
export function advertisingPage(data: AdvertisingPageData, t: Translate, lang: Lang): string {
  const company = data.site.company?.name ?? '';
  const heading = data.agreed ? t('advertising.heading') : t('advertising.none');
  const text = data.agreed ? t('advertising.text', { company }) : t('advertising.noneText', { company });
  const main = html`<div class="narrow"><h1>${heading}</h1><p class="lead">${text}</p>
${data.agreed && html`<form method="post" action="${link(data.action)}" class="form"><div class="form-actions"><button type="submit" class="button">${t('advertising.stop')}</button></div></form>`}
<p><a class="alone" href="${link(data.backUrl)}">${data.agreed ? t('advertising.keep') : t('advertising.back')}</a></p></div>`;
  return renderDocument({
    site: data.site,
    t,
    lang,
    title: t('advertising.title', { company }),
    description: heading,
    search: 'private',
    css: formCss,
    main,
  });
}
