import type { BrowserKind } from './data.ts';

/** In-app browsers that name themselves and are known not to open a `.pkpass` (Telegram on iOS does not name itself). */
const IN_APP =
  /\b(Instagram|FBAN|FBAV|FB_IAB|Line\/|MicroMessenger|VKAndroidApp|VKApp|vkclient|OK(?:Android|iOS)|Snapchat|TikTok|musical_ly|Viber|Telegram|Pinterest|LinkedInApp|Twitter)/i;

/** What the guest holds in hand, as far as the `User-Agent` header tells. Only hints on the page depend on it. */
export function detectBrowser(userAgent: string | undefined): BrowserKind {
  const agent = (userAgent ?? '').slice(0, 512);
  const android = /Android/i.test(agent);
  const device = /iPhone|iPod|iPad/i.test(agent) ? 'iphone' : android ? 'android' : 'other';
  const webView = android && /; wv\)/.test(agent);
  return { device, inApp: IN_APP.test(agent) || webView };
}
