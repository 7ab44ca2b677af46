import { TillFind, TillGuest } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { createGuesses } from '../loyalty/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { identify } from './authorise/identify.ts';
import { askerOf } from './authorise/model.ts';
import { counterRoutes } from './counter.routes.ts';
import { tillCouponRoutes } from './coupons.routes.ts';
import { showMember, type TillPlatform } from './find-guest.ts';
import { tillQueueRoutes } from './queue/routes.ts';
import { tillReturnRoutes } from './returns.routes.ts';
import { tillSaleRoutes } from './sale.routes.ts';

export type TillRoutesOptions = { platform: TillPlatform; companies: Companies; authorize: Authorize };

/** The till page's API, /api/v1/till/…: find, quote, sell, look back, return, and what else happens at the counter. */
export function tillRoutes(http: Http, options: TillRoutesOptions): void {
  const { platform, authorize } = options;
  const guesses = createGuesses(platform.clock);
  tillCouponRoutes(http, options, guesses);
  tillSaleRoutes(http, options, guesses);
  tillReturnRoutes(http, options);
  counterRoutes(http, options);
  tillQueueRoutes(http, options);

  http.post(
    '/api/v1/till/find',
    {
      schema: { tags: ['till'], body: TillFind, response: { 200: TillGuest } },
      config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const found = await identify(platform, tenant, { text: request.body.query, asker: askerOf(actor.value) });
      return found.ok
        ? showMember(platform, tenant, found.value)
        : (sendRefusal(request, reply, found.refusal) as never);
    },
  );
}
