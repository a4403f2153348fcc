import {
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  CardFactory,
  type FileConsentCardResponse,
  MessageFactory,
  type MessagingExtensionAction,
  type MessagingExtensionQuery,
  type MessagingExtensionResponse,
  type TaskModuleRequest,
  type TaskModuleResponse,
  TeamsActivityHandler,
  TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import { messageView } from '../cards/pages.ts';
import type { Card, View } from '../cards/render.ts';
import { textsFor } from '../cards/texts.ts';
import type { Person } from '../domain/people.ts';
import { actorOf } from './actor.ts';
import { answerInChannel, linkChannel, unlinkTeam } from './channel.ts';
import { createMemory } from './conversations.ts';
import type { DialogAnswer } from './dialog.ts';
import { namesOf } from './directory.ts';
import { decideOnCard, isEscalationVerb } from './escalation.ts';
import { answerQuery, openingOf } from './extension.ts';
import { createLimit } from './limit.ts';
import type { Asker, Parts } from './parts.ts';
import { answerHelp, answerRequest, answerText, isRequest } from './requests.ts';
import { dialogVerbs, verbOf } from './verbs.ts';

const pageSchema = z.object({ after: z.string().max(500).optional() });

/** Turns what Teams sends into questions and commands, and their answers into cards and dialogs. */
export class KlachtenBot extends TeamsActivityHandler {
  readonly #parts: Parts;
  readonly #tenantId: string | undefined;
  readonly #remember: ReturnType<typeof createMemory>;
  readonly #mayAsk = createLimit();

  constructor(parts: Parts, tenantId: string | undefined) {
    super();
    this.#parts = parts;
    this.#tenantId = tenantId;
    this.#remember = createMemory(parts.store);
    this.onMessage(async (context, next) => {
      await this.#answerMessage(context);
      await next();
    });
    this.onInstallationUpdateAdd(async (context, next) => {
      const { asker } = this.#asker(context);
      if (asker && isPersonal(context)) {
        await this.#reply(context, await answerHelp('greeting', asker, parts));
      }
      await next();
    });
    this.onInstallationUpdateRemove(async (context, next) => {
      await unlinkTeam(context, parts);
      await next();
    });
  }

  /** Each turn first keeps where the person can be reached; a stranger gets no further. */
  override async run(context: TurnContext): Promise<void> {
    const actor = actorOf(context.activity, this.#tenantId);
    if (actor) await this.#remembered(context, actor);
    else if (context.activity.type !== 'message' && context.activity.type !== 'invoke') return;
    await super.run(context);
  }

  /** A contact that could not be kept must not cost somebody their answer. */
  async #remembered(context: TurnContext, actor: Person): Promise<void> {
    try {
      await this.#remember(context, actor);
    } catch (fault) {
      this.#parts.log.error('contact not kept', {}, fault);
    }
  }

  protected override async handleTeamsTaskModuleFetch(context: TurnContext, request: TaskModuleRequest) {
    return this.#runDialog(context, request.data);
  }

  protected override async handleTeamsTaskModuleSubmit(context: TurnContext, request: TaskModuleRequest) {
    return this.#runDialog(context, request.data);
  }

  protected override async handleTeamsMessagingExtensionFetchTask(
    context: TurnContext,
    action: MessagingExtensionAction,
  ) {
    return this.#runDialog(context, openingOf(action));
  }

  /** Every button in a dialog of the extension comes here; nothing is ever posted where it was opened (R13). */
  protected override async handleTeamsMessagingExtensionSubmitActionDispatch(
    context: TurnContext,
    action: MessagingExtensionAction,
  ) {
    return this.#runDialog(context, action.data);
  }

  protected override async handleTeamsMessagingExtensionQuery(
    context: TurnContext,
    query: MessagingExtensionQuery,
  ): Promise<MessagingExtensionResponse> {
    return answerQuery(query, this.#asker(context), this.#mayAsk, this.#parts);
  }

  protected override async handleTeamsFileConsentAccept(
    context: TurnContext,
    answer: FileConsentCardResponse,
  ) {
    const { asker } = this.#asker(context);
    if (asker && isPersonal(context))
      await this.#parts.reports.put(answer, context.activity.replyToId, asker);
  }

  protected override async handleTeamsFileConsentDecline(context: TurnContext) {
    const { asker } = this.#asker(context);
    // A card in a channel is not theirs to take away.
    if (asker && isPersonal(context)) this.#parts.reports.withdraw(context.activity.replyToId, asker);
  }

  protected override async onAdaptiveCardInvoke(
    context: TurnContext,
    { action }: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    const { asker, texts } = this.#asker(context);
    const view = await this.#guarded(texts, async () => {
      if (!asker)
        return messageView({ title: texts('bot.fault-title'), lines: [texts('bot.not-for-you')] }, texts);
      if (!(await this.#mayAsk(asker.actor.id))) return tooMany(texts);
      if (isEscalationVerb(action.verb)) return decideOnCard(action.verb, action.data, asker, this.#parts);
      if (action.verb === 'link-channel') return linkChannel(action.data, context, asker, this.#parts);
      const page = pageSchema.safeParse(action.data ?? {});
      if (!isRequest(action.verb) || !page.success) {
        return messageView({ title: texts('bot.fault-title'), lines: [texts('bot.unknown-card')] }, texts);
      }
      return answerRequest(action.verb, asker, this.#parts, page.data.after);
    });
    const value = await this.#parts.render(view);
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
  }

  async #answerMessage(context: TurnContext): Promise<void> {
    const { asker, texts } = this.#asker(context);
    const { value } = context.activity;
    if (!asker) return this.#say(context, texts('bot.not-for-you'));
    if (isInsertedCard(context)) return;
    const text = TurnContext.removeRecipientMention(context.activity) ?? context.activity.text ?? '';
    const verb = verbOf(value);
    const view = await this.#guarded(texts, async () => {
      if (!(await this.#mayAsk(asker.actor.id))) return tooMany(texts);
      if (!isPersonal(context)) return answerInChannel(text, asker, this.#parts);
      return isRequest(verb) ? answerRequest(verb, asker, this.#parts) : answerText(text, asker, this.#parts);
    });
    return this.#reply(context, view);
  }

  async #runDialog(context: TurnContext, data: unknown): Promise<TaskModuleResponse> {
    const { asker, texts } = this.#asker(context);
    const say = (words: string): DialogAnswer => ({
      title: texts('dialog.message'),
      view: messageView({ title: texts('bot.fault-title'), lines: [words] }, texts),
    });
    if (!asker) return this.#showDialog(say(texts('bot.not-for-you')));
    if (!(await this.#mayAsk(asker.actor.id))) {
      return this.#showDialog(again(data, texts, texts('bot.too-many')));
    }
    const verb = verbOf(data) ?? '';
    const known = Object.hasOwn(dialogVerbs, verb) ? dialogVerbs[verb] : undefined;
    try {
      const answer = await known?.run(data, asker, this.#parts);
      return await this.#showDialog(answer ?? say(texts('bot.unknown-card')));
    } catch (fault) {
      this.#parts.log.error('dialog failed', known ? { command: verb } : {}, fault);
      return this.#showDialog(again(data, texts));
    }
  }

  async #showDialog(answer: DialogAnswer): Promise<TaskModuleResponse> {
    // An answer without a body closes a dialog; Teams takes an empty one, `{}`, for a fault.
    if (answer === 'closed') return undefined as unknown as TaskModuleResponse;
    const card = CardFactory.adaptiveCard(await this.#parts.render(answer.view));
    return {
      task: { type: 'continue', value: { title: answer.title, width: 'medium', height: 'large', card } },
    };
  }

  /** Answers with the view, or says truly that it can't be had now. */
  async #guarded(texts: Asker['texts'], answer: () => Promise<View>): Promise<View> {
    try {
      return await answer();
    } catch (fault) {
      this.#parts.log.error('question failed', {}, fault);
      return messageView({ title: texts('bot.fault-title'), lines: [texts('bot.fault')] }, texts);
    }
  }

  #asker(context: TurnContext): { asker: Asker | undefined; texts: Asker['texts'] } {
    const actor = actorOf(context.activity, this.#tenantId);
    const texts = textsFor(context.activity.locale);
    const named = (ids: readonly string[]) => namesOf(ids, texts('bot.unknown-colleague'), this.#parts.store);
    const chat = TurnContext.getConversationReference(context.activity);
    return { asker: actor && { actor, texts, named, chat }, texts };
  }

  async #reply(context: TurnContext, view: View): Promise<void> {
    const card = await this.#parts.render(view);
    await context.sendActivity(MessageFactory.attachment(CardFactory.adaptiveCard(card)));
  }

  async #say(context: TurnContext, words: string): Promise<void> {
    await context.sendActivity(MessageFactory.text(words));
  }
}

/** A result of the message extension that somebody put in their chat with the bot: nothing was asked. */
const isInsertedCard = ({ activity }: TurnContext) =>
  activity.attachments?.some(({ contentType }) => contentType === CardFactory.contentTypes.adaptiveCard);

const isPersonal = ({ activity }: TurnContext) => activity.conversation.conversationType === 'personal';

/** What somebody hears who asks faster than a hand can. */
const tooMany = (texts: Asker['texts']): View =>
  messageView({ title: texts('bot.fault-title'), lines: [texts('bot.too-many')] }, texts);

/** After a fault in a dialog: what was typed goes along in the button, so that nothing is lost and it can be tried again. */
function again(data: unknown, texts: Asker['texts'], words = texts('bot.fault-dialog')): DialogAnswer {
  const { msteams: _fetch, ...carried } = (data ?? {}) as Card;
  const buttons = [{ title: texts('button.again'), style: 'positive' as const, data: carried }];
  const message = { title: texts('bot.fault-title'), lines: [words], buttons };
  return { title: texts('dialog.message'), view: messageView(message, texts) };
}
