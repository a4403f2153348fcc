// What reaches the bot without a card: files, the message extension, channels, and what Teams tells by itself.
import { requests } from '../../src/bot/requests.ts';
import type { Act, Json } from './bot-over-http.ts';

const downloadType = 'application/vnd.microsoft.teams.file.download.info';
const channel = {
  conversation: { id: '19:x@thread.tacv2;messageid=1', conversationType: 'channel', tenantId: 't' },
  channelData: {
    channel: { id: '19:x@thread.tacv2' },
    team: { id: '19:t@thread.tacv2' },
    tenant: { id: 't' },
  },
};
const invoke = (name: string, value: Json, more: Json = {}): Act => ({
  type: 'invoke',
  name,
  value,
  ...more,
});

/** One of each; the files lie at the connector, which has none. */
export function otherActs(serviceUrl: string): Act[] {
  const sent = {
    contentType: downloadType,
    name: 'brief.pdf',
    content: { downloadUrl: `${serviceUrl}file` },
  };
  const pasted = {
    contentType: 'image/png',
    name: 'x.png',
    contentUrl: `${serviceUrl}v3/attachments/1/views/1`,
  };
  const message = { messagePayload: { body: { contentType: 'html', content: '<p>x<b>y</b></p>' } } };
  const search = (value: string) => ({
    commandId: 'myComplaints',
    parameters: [{ name: 'search', value }],
    queryOptions: { skip: 0, count: 25 },
  });
  const upload = {
    uploadUrl: `${serviceUrl}put`,
    contentUrl: `${serviceUrl}file`,
    name: 'x',
    uniqueId: '1',
    fileType: 'docx',
  };
  const adding = {
    complaint: 'x',
    form: '11111111-1111-4111-8111-111111111111',
    file: { name: 'x', url: sent.content.downloadUrl },
  };
  return [
    ...[[sent], [pasted], [sent, pasted, sent]].map((attachments) => ({
      type: 'message',
      text: '',
      attachments,
    })),
    { type: 'message', text: 'K-2026-0001', attachments: [sent] },
    ...requests.map(({ verb }) => ({ type: 'message', value: { verb } })),
    ...['koppel', 'help'].map((text) => ({
      type: 'message',
      text: `<at>Klachtenbot</at> ${text}`,
      ...channel,
    })),
    ...['', 'K-2026-00', 'kanarie'].map((value) => invoke('composeExtension/query', search(value))),
    invoke('composeExtension/query', search('kanarie'), channel),
    invoke('composeExtension/fetchTask', { commandId: 'logComplaint', ...message }),
    invoke('composeExtension/submitAction', {
      commandId: 'logComplaint',
      data: { verb: 'open-complaint', complaint: 'x' },
    }),
    invoke('composeExtension/selectItem', { x: 1 }),
    invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb: 'add-evidence', data: adding } }),
    invoke(
      'adaptiveCard/action',
      { action: { type: 'Action.Execute', verb: 'link-channel', data: { to: 'welzijn' } } },
      channel,
    ),
    invoke('fileConsent/invoke', { action: 'accept', context: { year: 2025 }, uploadInfo: upload }),
    invoke('fileConsent/invoke', { action: 'decline', context: {} }),
    ...['signin/verifyState', 'config/fetch', 'tab/fetch', 'nothing/known'].map((name) =>
      invoke(name, { state: 'x' }),
    ),
    { type: 'installationUpdate', action: 'add' },
    { type: 'installationUpdate', action: 'remove', ...channel },
    { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] },
    { type: 'conversationUpdate', membersRemoved: [{ id: '29:x' }], ...channel },
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
    { type: 'messageUpdate', text: 'K-2026-0001' },
    { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: {} },
  ];
}
