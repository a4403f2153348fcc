// The least that a bot on the same botbuilder and restify does: it says what was said, or shows a small card.
import type { AddressInfo } from 'node:net';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { answerParent } from './child.ts';

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(context.activity.text);
      await next();
    });
  }
  protected override async onInvokeActivity() {
    const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'echo' }] };
    const content = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
    return { status: 200, body: { task: { type: 'continue', value: { title: 'Echo', card: content } } } };
  }
}

const bot = new EchoBot();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request as never, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => answerParent((server.address() as AddressInfo).port));
