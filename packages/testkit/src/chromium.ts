import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Chromium from the package, made for functions in a cloud: these of its arguments break several contexts or weaken the web's rules. */
const UNWANTED = [
  '--single-process',
  '--no-zygote',
  '--in-process-gpu',
  '--disable-web-security',
  '--allow-running-insecure-content',
];

/**
 * Starts headless Chromium: the one named by `CHROMIUM_PATH`, else the one from the package, which unpacks itself into the
 * temporary folder at first use. Another test may be unpacking it at this very moment, therefore a few tries.
 */
export async function launchChromium(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  const given = named !== undefined && existsSync(named) ? named : undefined;
  const args = chromiumPackage.args.filter((one) => !UNWANTED.includes(one) && !one.startsWith('--headless'));
  for (let tries = 1; ; tries += 1) {
    try {
      return await chromium.launch({
        executablePath: given ?? (await chromiumPackage.executablePath()),
        args,
        headless: true,
      });
    } catch (error) {
      if (tries === 5) throw error;
      await sleep(1500);
    }
  }
}
