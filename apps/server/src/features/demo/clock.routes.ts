import { type Http, sendRefusal, withForms } from '../../platform/http/index.ts';
import { createInTurn } from '../../platform/in-turn.ts';
import { advanceClock, type DemoClockParts, tellTime } from './advance-clock.ts';

const hidden = { schema: { hide: true } };
/** Where the control stands; anything else in `back` leads to the first of them. */
const PAGES = ['/demo/phone', '/'];

/**
 * The demo's clock: `GET /demo/clock` tells the time, `POST /demo/clock {"advance":"P30D"}` puts it ahead. The buttons of
 * the demo's pages post the same field as a form and are led back to their page.
 */
export function demoClockRoutes(http: Http, parts: DemoClockParts, onAdvance: () => void): void {
  const inTurn = createInTurn();
  http.get('/demo/clock', hidden, async () => tellTime(parts.clock));
  withForms(http, (scope) =>
    scope.post('/demo/clock', hidden, async (request, reply) => {
      const body = typeof request.body === 'object' && request.body !== null ? request.body : {};
      const { advance, back } = body as { advance?: unknown; back?: unknown };
      const wish = typeof advance === 'string' ? advance.slice(0, 100) : '';
      const moved = await inTurn('demo-clock', () => advanceClock(parts, wish));
      if (moved.ok) onAdvance();
      if (typeof back === 'string') {
        const page = PAGES.find((one) => one === back) ?? '/demo/phone';
        return reply.redirect(`${page}?lang=${request.language}`, 303);
      }
      return moved.ok ? moved.value : sendRefusal(request, reply, moved.refusal);
    }),
  );
}
