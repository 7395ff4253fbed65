import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it, vi } from 'vitest';
import type { LacunaShell } from '../renderer/app/shell.ts';
import { channels } from './channels.ts';
import { contextBridge, ipcRenderer } from './testing/fake-electron.ts';

vi.mock('electron', () => import('./testing/fake-electron.ts'));
await import('./preload.ts');
const shell = contextBridge.exposed.get('lacunaShell') as unknown as Required<LacunaShell>;

/** The members that the window's declaration names. */
function declaredMembers(): string[] {
  const path = new URL('../renderer/app/shell.ts', import.meta.url);
  const source = ts.createSourceFile('shell.ts', readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const declaration = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'LacunaShell',
  ) as ts.InterfaceDeclaration;
  return declaration.members.map((member) => (member.name as ts.Identifier).text);
}

it('exposes exactly what the window declares, and nothing else', () => {
  expect([...contextBridge.exposed.keys()]).toEqual(['lacunaShell']);
  expect(Object.keys(shell).sort()).toEqual(declaredMembers().sort());
  expect(Object.values(shell).every((member) => typeof member === 'function')).toBe(true);
});

it('tells the path of a dropped file', () => {
  expect(shell.pathOf(new File([], 'counts.h5'))).toBe('/dropped/counts.h5');
});

it('passes on only the named fields of a request', async () => {
  const request = { kind: 'data', title: 'Open data', many: true, extra: 'no' } as const;
  expect(await shell.pick(request)).toEqual(['/data/a.h5']);
  expect(ipcRenderer.invoked).toEqual([[channels.pick, { kind: 'data', title: 'Open data', many: true }]]);
});

it('asks for a PDF under the named fields alone', async () => {
  await shell.savePdf({ title: 'Save', name: 'r.pdf', extra: 'no' } as { title: string; name: string });
  expect(ipcRenderer.invoked.at(-1)).toEqual([channels.savePdf, { title: 'Save', name: 'r.pdf' }]);
});

it('hands listeners what was said, never the event with the sender in it', () => {
  const heard: unknown[][] = [];
  shell.onOpenProject((...args) => heard.push(args));
  shell.onCommand((...args) => heard.push(args));
  expect(ipcRenderer.sent).toContainEqual([channels.listening]);
  ipcRenderer.emit(channels.openProject, { sender: ipcRenderer }, '/p.lacuna');
  ipcRenderer.emit(channels.command, { sender: ipcRenderer }, 'undo');
  expect(heard).toEqual([['/p.lacuna'], ['undo']]);
});
