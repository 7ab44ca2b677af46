import type { Http } from '../../platform/http/index.ts';
import { appleRoutes } from './apple.routes.ts';
import { type ConsoleRoutesOptions, consoleRoutes } from './console.routes.ts';
import { credentialRoutes } from './credentials.routes.ts';
import { type DesignRoutesOptions, designRoutes } from './design/designs.routes.ts';
import { pictureRoutes } from './design/pictures.routes.ts';
import { type GoogleRoutesOptions, googleRoutes } from './google/index.ts';
import { type PassRoutesOptions, passRoutes } from './passes/routes.ts';
import { placesRoutes } from './places/places.routes.ts';
import { publicRoutes } from './public.routes.ts';
import { relayRoutes } from './relays/index.ts';
import { type SetRoutesOptions, setRoutes } from './sets/index.ts';
import { sharingRoutes } from './sharing/index.ts';
import type { Wallet } from './wallet.ts';
import { webPushRoutes } from './web-push/index.ts';

export type WalletRoutesOptions = Omit<ConsoleRoutesOptions, 'clock'> &
  DesignRoutesOptions &
  GoogleRoutesOptions &
  PassRoutesOptions &
  SetRoutesOptions & { readonly wallet: Wallet };

/** Everything that this feature answers over HTTP. */
export function walletRoutes(http: Http, options: WalletRoutesOptions): void {
  const { wallet, authorize } = options;
  appleRoutes(http, wallet);
  publicRoutes(http, wallet);
  webPushRoutes(http, wallet);
  consoleRoutes(http, { ...options, clock: wallet.clock });
  designRoutes(http, options);
  pictureRoutes(http, { wallet, authorize });
  credentialRoutes(http, { wallet, authorize });
  googleRoutes(http, options);
  setRoutes(http, options);
  sharingRoutes(http, options);
  placesRoutes(http, { wallet, authorize });
  relayRoutes(http, { wallet, authorize });
  passRoutes(http, options);
}
