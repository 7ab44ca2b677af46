import { formatPhone } from '@tessera/look';
import { HERO_PHONE } from './features/demo/index.ts';
import type { Config } from './platform/config.ts';
import type { Running } from './start.ts';

/** Says where to click and how to sign in. Passwords are shown by the first start only. */
export function announce(config: Config, running: Running, tell: (line: string) => void): void {
  const { publicUrl } = config;
  tell('');
  tell(`Tessera runs: ${publicUrl}`);
  if (running.world) {
    tell('');
    tell(`  1. The phone with a card    ${publicUrl}/demo/phone`);
    tell(
      `  2. The till                 ${publicUrl}/till/     find ${formatPhone(HERO_PHONE)}, ring up a sale, watch the phone`,
    );
    tell(`  3. Register a guest         ${publicUrl}/n/chaika  the SMS is at ${publicUrl}/demo/messages`);
    tell(`  4. The console              ${publicUrl}/console/`);
  } else {
    tell(`  The console                 ${publicUrl}/console/`);
    tell(`  The till                    ${publicUrl}/till/`);
  }
  const { firstStart } = running;
  tell('');
  if (firstStart) {
    tell('  Sign in (shown once, write it down):');
    tell(
      `    owner    ${firstStart.owner.email}   ${config.ownerPassword ? '(your TESSERA_OWNER_PASSWORD)' : firstStart.owner.password}`,
    );
    if (firstStart.cashier) tell(`    cashier  ${firstStart.cashier.email}  ${firstStart.cashier.password}`);
    if (firstStart.apiToken) {
      tell(`    API token ${config.apiToken ? '(your TESSERA_API_TOKEN)' : firstStart.apiToken}`);
    }
  } else {
    tell('  Forgot the password? Stop, then: npm run tessera -- password <e-mail>');
  }
  tell('');
  tell('  Ctrl-C stops everything.');
}
