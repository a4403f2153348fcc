import type { FileParts } from '../app/files.ts';
import type { FilesConfig } from '../config/files.ts';
import { blobPlace } from './blob-place.ts';
import { tellKind } from './file-kind.ts';
import { folderPlace } from './folder-place.ts';
import { createFiles } from './sealed-files.ts';
import { createScan, scanNothing } from './virus-scan.ts';

/** What keeps the files of complaints, as configured; nothing where none are kept. */
export function openFiles({ place, scanner }: Pick<FilesConfig, 'place' | 'scanner'>): FileParts | undefined {
  if (place.kind === 'none') return undefined;
  const files = createFiles(place.kind === 'blob' ? blobPlace(place) : folderPlace(place.folder));
  return { files, tellKind, scan: scanner ? createScan(scanner) : scanNothing };
}
