import type { BrowserKind, BrowserProgram } from './data.ts';

/**
 * Programs with a window of their own for pages, where a `.pkpass` does not open and nothing goes to the home screen.
 * Telegram names itself on Android only; on an iPhone it is one of those that leave `Safari/` out.
 */
const WINDOWS: readonly (readonly [RegExp, BrowserProgram])[] = [
  [/\bInstagram\b/i, 'instagram'],
  [/\b(?:FBAN|FBAV|FB_IAB|FB4A)\b/i, 'facebook'],
  [/VKAndroidApp|vkclient|VKApp|\bVK\/\d/i, 'vk'],
  [/Telegram/i, 'telegram'],
  [/YaApp_(?:iOS|Android)|YaSearchBrowser|YandexSearch/i, 'yandex_app'],
  [/\bGSA\/\d/, 'google_app'],
  [
    /\bLine\/|MicroMessenger|\bOK(?:Android|iOS)\b|Snapchat|TikTok|musical_ly|Viber|Pinterest|LinkedInApp|\bTwitter\b|WhatsApp|OneMe\b/i,
    'other_app',
  ],
];

/** On an iPhone all of them are Safari inside; the name tells which menu the guest has. */
const BROWSERS: readonly (readonly [RegExp, BrowserProgram])[] = [
  [/YaBrowser\//, 'yandex'],
  [/CriOS\//, 'chrome'],
  [/FxiOS\/|Firefox\//, 'firefox'],
  [/SamsungBrowser\//, 'samsung'],
  [/EdgiOS\/|EdgA\/|Edg\/|OPiOS\/|OPT\/|OPR\/|MiuiBrowser\/|HuaweiBrowser\/|DuckDuckGo\//, 'other'],
  [/Chrome\//, 'chrome'],
  [/Version\/[\d.]+ .*Safari\//, 'safari'],
];

const AGENT_CHARACTERS_MAX = 512;

/**
 * What the guest holds in hand, as far as the `User-Agent` header tells. Only the order of buttons and the hints on the
 * page depend on it, so a wrong guess costs a guest one more look, never the card.
 */
export function detectBrowser(userAgent: string | undefined): BrowserKind {
  const agent = (userAgent ?? '').slice(0, AGENT_CHARACTERS_MAX);
  const device = /iPhone|iPod|iPad/i.test(agent) ? 'iphone' : /Android/i.test(agent) ? 'android' : 'other';
  const named = WINDOWS.find(([has]) => has.test(agent))?.[1];
  // A page inside a program: Android marks its WebView, and on an iPhone only real browsers call themselves Safari.
  const unnamed = device === 'android' ? /; wv\)/.test(agent) : device === 'iphone' && !/Safari\//.test(agent);
  if (named !== undefined || unnamed) return { device, inApp: true, program: named ?? 'other_app' };
  return { device, inApp: false, program: BROWSERS.find(([has]) => has.test(agent))?.[1] ?? 'other' };
}
