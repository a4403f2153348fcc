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
import type { View } from '../cards/render.ts';
import { textsFor } from '../cards/texts.ts';
import type { Person } from '../domain/people.ts';
import { actorOf } from './actor.ts';
import { answerInChannel, linkChannel, unlinkTeam } from './channel.ts';
import { createMemory } from './conversations.ts';
import { namesOf } from './directory.ts';
import { createLimit } from './limit.ts';
import { createMembership } from './membership.ts';
import { isOwnChat } from './own-chat.ts';
import type { Asker, Parts } from './parts.ts';
import { inPlace } from './replace-card.ts';
import { answerHelp, answerRequest, answerText, isRequest } from './requests.ts';
import { type Asking, runDialog } from './run-dialog.ts';
import { answerLook, isLook } from './show-today.ts';
import { isEscalationVerb, isFileVerb, verbOf } from './verbs.ts';

/** Where a turn keeps who asks. */
const actorKey = Symbol('actor');

const pageSchema = z.object({ after: z.string().max(500).optional() });

/** Turns what Teams sends into questions and commands, and their answers into cards and dialogs. */
export class KlachtenBot extends TeamsActivityHandler {
  readonly #parts: Parts;
  readonly #tenantId: string | undefined;
  readonly #remember: ReturnType<typeof createMemory>;
  readonly #membershipOf: ReturnType<typeof createMembership>;
  readonly #mayAsk: ReturnType<typeof createLimit>;
  readonly #mayLook: ReturnType<typeof createLimit>;

  /** Whoever opens a chat looks at many cards at once: what these ask takes nothing from what a person may ask. */
  constructor(parts: Parts, tenantId: string | undefined, mayAsk = createLimit(), mayLook = createLimit()) {
    super();
    this.#mayAsk = mayAsk;
    this.#mayLook = mayLook;
    this.#parts = parts;
    this.#tenantId = tenantId;
    this.#remember = createMemory(parts.store);
    this.#membershipOf = createMembership(tenantId, parts);
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

  /** Each turn first learns who asks and keeps where they can be reached; a stranger gets no further than a few words. */
  override async run(context: TurnContext): Promise<void> {
    const named = actorOf(context.activity, this.#tenantId);
    const membership = named ? await this.#membershipOf(context, named) : 'stranger';
    const actor = membership === 'stranger' ? undefined : named;
    context.turnState.set(actorKey, actor);
    // Who is kept counts as known from then on. A look says nothing of where somebody wants to be reached.
    if (actor && membership === 'member' && !isLook(context.activity)) await this.#remembered(context, actor);
    if (!actor && context.activity.type !== 'message' && context.activity.type !== 'invoke') return;
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
    return this.#runDialog(context, () => request?.data);
  }

  protected override async handleTeamsTaskModuleSubmit(context: TurnContext, request: TaskModuleRequest) {
    return this.#runDialog(context, () => request?.data);
  }

  protected override async handleTeamsMessagingExtensionFetchTask(
    context: TurnContext,
    action: MessagingExtensionAction,
  ) {
    const { openingOf } = await import('./extension.ts');
    return this.#runDialog(context, () => openingOf(action));
  }

  /** Every button in a dialog of the extension comes here; nothing is ever posted where it was opened (R13). */
  protected override async handleTeamsMessagingExtensionSubmitActionDispatch(
    context: TurnContext,
    action: MessagingExtensionAction,
  ) {
    return this.#runDialog(context, () => action?.data);
  }

  protected override async handleTeamsMessagingExtensionQuery(
    context: TurnContext,
    query: MessagingExtensionQuery,
  ): Promise<MessagingExtensionResponse> {
    const { answerQuery } = await import('./extension.ts');
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
    if (isLook(context.activity))
      return answerLook(action.data, context, { asker, texts }, this.#mayLook, this.#parts);
    const view = await this.#guarded(texts, async () => {
      if (!asker)
        return messageView({ title: texts('bot.fault-title'), lines: [texts('bot.not-for-you')] }, texts);
      if (!(await this.#mayAsk(asker.actor.id))) return tooMany(texts);
      if (isEscalationVerb(action.verb)) {
        const { decideOnCard } = await import('./escalation.ts');
        return decideOnCard(action.verb, action.data, asker, this.#parts);
      }
      if (isFileVerb(action.verb) && isPersonal(context)) {
        const { decideOnFile } = await import('./evidence.ts');
        return decideOnFile(action.verb, action.data, context, asker, this.#parts);
      }
      if (action.verb === 'link-channel') return linkChannel(action.data, context, asker, this.#parts);
      const page = pageSchema.safeParse(action.data ?? {});
      if (!isRequest(action.verb) || !page.success) {
        return messageView({ title: texts('bot.fault-title'), lines: [texts('bot.unknown-card')] }, texts);
      }
      return answerRequest(action.verb, asker, this.#parts, page.data.after);
    });
    return inPlace(await this.#parts.render(view));
  }

  async #answerMessage(context: TurnContext): Promise<void> {
    const { asker, texts } = this.#asker(context);
    const { value } = context.activity;
    if (!asker) return this.#say(context, texts('bot.not-for-you'));
    if (isInsertedCard(context)) return;
    const text = TurnContext.removeRecipientMention(context.activity) ?? context.activity.text ?? '';
    const verb = verbOf(value);
    const views = await this.#guarded(texts, async () => {
      if (!(await this.#mayAsk(asker.actor.id))) return tooMany(texts);
      if (!isPersonal(context)) return answerInChannel(text, asker, this.#parts);
      if (context.activity.attachments?.length) {
        const { filesSentWith, offerFiles } = await import('./evidence.ts');
        const files = filesSentWith(context.activity, texts('evidence.picture'));
        if (files.length > 0) return offerFiles(files, text, asker, this.#parts);
      }
      return isRequest(verb) ? answerRequest(verb, asker, this.#parts) : answerText(text, asker, this.#parts);
    });
    for (const view of [views].flat()) await this.#reply(context, view);
  }

  #runDialog(context: TurnContext, read: () => unknown): Promise<TaskModuleResponse> {
    return runDialog(read, this.#asker(context), this.#mayAsk, this.#parts);
  }

  /** Answers with the view, or says truly that it can't be had now. */
  async #guarded<T>(texts: Asker['texts'], answer: () => Promise<T>): Promise<T | View> {
    try {
      return await answer();
    } catch (fault) {
      this.#parts.log.error('question failed', {}, fault);
      return messageView({ title: texts('bot.fault-title'), lines: [texts('bot.fault')] }, texts);
    }
  }

  #asker(context: TurnContext): Asking {
    const actor: Person | undefined = context.turnState.get(actorKey);
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

const isPersonal = ({ activity }: TurnContext) => isOwnChat(activity);

/** What somebody hears who asks faster than a hand can. */
const tooMany = (texts: Asker['texts']): View =>
  messageView({ title: texts('bot.fault-title'), lines: [texts('bot.too-many')] }, texts);
