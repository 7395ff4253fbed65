import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';

const copyAgain = 'It was probably cut off or damaged while copying: copy it again from where it came from.';

/** HDF5's error stack as one of our errors. `place` is the path inside the file, or '' while opening it. */
export function hdf5Error(filePath: string, place: string, diagnostics: string): LacunaError {
  const name = basename(filePath);
  const details = { file: filePath, place, hdf5: innermost(diagnostics) };
  const truncated = /truncated file: eof = (\d+), .*stored_eof = (\d+)/.exec(diagnostics);
  if (truncated) {
    const [found, expected] = [Number(truncated[1]), Number(truncated[2])];
    const what = `The file ends too early: ${name} has ${found.toLocaleString('en-US')} of ${expected.toLocaleString('en-US')} bytes.`;
    return new LacunaError('truncated-file', what, 'It was probably cut off while copying: copy it again.', details);
  }
  const filter = /required filter '?(.*?)'? is not registered/.exec(diagnostics);
  if (filter) {
    return new LacunaError(
      'bad-file',
      `${name} is compressed in a way that Lacuna cannot undo ('${filter[1]}' at ${place}).`,
      'Write it again with gzip compression, for example adata.write_h5ad(path, compression="gzip") in Python.',
      details,
    );
  }
  if (/file signature not found/.test(diagnostics)) {
    return new LacunaError(
      'bad-file',
      `${name} is not an HDF5 file.`,
      'Check that this is the file you meant.',
      details,
    );
  }
  if (/already open for write|unable to lock file/.test(diagnostics)) {
    return new LacunaError(
      'bad-file',
      `${name} is still being written, or the program that wrote it did not close it.`,
      'Close that program, or write the file again.',
      details,
    );
  }
  if (/file read failed|addr overflow|read past|end of file/i.test(diagnostics)) {
    return new LacunaError(
      'truncated-file',
      `The file ends too early: ${name} has no data left at ${place || 'its beginning'}.`,
      copyAgain,
      details,
    );
  }
  const where = place === '' ? 'while opening it' : `at ${place}`;
  return new LacunaError('bad-file', `${name} is damaged: its content could not be read ${where}.`, copyAgain, details);
}

/** The deepest line of an HDF5 error stack: it names the cause. */
function innermost(diagnostics: string): string {
  const lines = diagnostics.split('\n').filter((line) => /^\s*#\d+:/.test(line));
  return (lines.at(-1) ?? diagnostics)
    .replace(/^.*?\bin /, '')
    .trim()
    .slice(0, 300);
}
