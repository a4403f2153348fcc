// The files that a bot uploads for people: what OneDrive is to Teams. In memory only.
import { randomUUID } from 'node:crypto';

/** What a bot is told of the place where it may upload a file. */
export interface UploadInfo {
  contentUrl: string;
  name: string;
  uploadUrl: string;
  uniqueId: string;
  fileType: string;
}

interface Place {
  id: string;
  name: string;
  /** The chat of the person that it is for. */
  conversationId: string;
  contentUrl: string;
}

export interface UploadedFile extends Place {
  content: Buffer;
}

export class Files {
  #open = new Map<string, Place>();
  #uploaded = new Map<string, UploadedFile>();

  /**
   * Opens a place for one file of the person in a chat.
   * @param serviceUrl the address of this Teams
   */
  open(serviceUrl: string, conversationId: string, name: string): UploadInfo {
    const [uploadId, id] = [randomUUID(), randomUUID()];
    const contentUrl = `${serviceUrl}page/files/${id}`;
    this.#open.set(uploadId, { id, name, conversationId, contentUrl });
    const fileType = /\.([^.]+)$/.exec(name)?.[1] ?? '';
    return { contentUrl, name, uploadUrl: `${serviceUrl}upload/${uploadId}`, uniqueId: id, fileType };
  }

  /** Keeps a file that a person sends, and tells where the bot can fetch it. */
  send(serviceUrl: string, conversationId: string, name: string, content: Buffer): UploadInfo {
    const info = this.open(serviceUrl, conversationId, name);
    this.keep(info.uploadUrl.split('/').at(-1) ?? '', content);
    return info;
  }

  /** Tells whether a file can be uploaded under an id. */
  isOpen(uploadId: string): boolean {
    return this.#open.has(uploadId);
  }

  /** Keeps the bytes that were uploaded, once: after that, or under an unknown id, it gives undefined. */
  keep(uploadId: string, content: Buffer): UploadedFile | undefined {
    const place = this.#open.get(uploadId);
    if (!place) return undefined;
    this.#open.delete(uploadId);
    const file = { ...place, content };
    this.#uploaded.set(file.id, file);
    return file;
  }

  /** Finds a file by the id that the bot was told (`uniqueId`), once it is uploaded. */
  get(id: string): UploadedFile | undefined {
    return this.#uploaded.get(id);
  }
}
