// The least that a bot on the same botbuilder and restify does: it says what was said, or shows a small card; where it is
// asked to, it sends that card to the chat as well.
import type { AddressInfo } from 'node:net';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
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
  protected override async onInvokeActivity(context: TurnContext) {
    const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'echo' }] };
    const content = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
    for (let left = Number(context.activity.channelData['sends'] ?? 0); left > 0; left--) {
      await context.sendActivity({ type: 'message', attachments: [content] });
    }
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
