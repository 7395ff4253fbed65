/** A dropped file with the path that it had within the drop: 'matrix.h5', 'outs/matrix.mtx.gz'. */
export interface DroppedFile {
  path: string;
  file: File;
}

/**
 * Every file of a drop; folders are walked. Must be called while the drop event is handled: the browser forgets the
 * entries afterwards.
 */
export async function walkDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  // A file that no file system stands behind, as another page drags it, has no entry.
  const given = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: DroppedFile[] = [];
  for (const { entry, file } of given) {
    if (entry !== null) await walk(entry, '', found);
    else if (file !== null) found.push({ path: file.name, file });
  }
  return found;
}

async function walk(entry: FileSystemEntry, above: string, found: DroppedFile[]): Promise<void> {
  const path = `${above}${entry.name}`;
  if (entry.name.startsWith('.')) return;
  if (isFile(entry)) {
    found.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
  } else if (isFolder(entry)) {
    const reader = entry.createReader();
    for (;;) {
      // A folder is handed out in parts; an empty part is the end.
      const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (part.length === 0) break;
      for (const inside of part) await walk(inside, `${path}/`, found);
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
