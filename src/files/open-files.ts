import type { FileParts } from '../app/files.ts';
import type { FilesConfig, FilesPlace } from '../config/files.ts';
import { blobPlace } from './blob-place.ts';
import { tellKind } from './file-kind.ts';
import { folderPlace } from './folder-place.ts';
import { createFiles, type FilePlace } from './sealed-files.ts';
import { createScan, scanNothing } from './virus-scan.ts';

/** A place of files, without a look at what they say. */
export function openPlace(place: Exclude<FilesPlace, { kind: 'none' }>): FilePlace {
  return place.kind === 'blob' ? blobPlace(place) : folderPlace(place.folder);
}

/** What keeps the files of complaints, as configured; nothing where none are kept. */
export function openFiles({ place, scanner }: Pick<FilesConfig, 'place' | 'scanner'>): FileParts | undefined {
  if (place.kind === 'none') return undefined;
  const files = createFiles(openPlace(place));
  return { files, tellKind, scan: scanner ? createScan(scanner) : scanNothing };
}
