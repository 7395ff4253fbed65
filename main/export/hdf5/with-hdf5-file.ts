import { Hdf5File } from './hdf5-file.ts';

/** Creates an HDF5 file, has it filled, and closes it whatever happens: an open file cannot be removed on Windows. */
export async function withHdf5File(path: string, fill: (file: Hdf5File) => Promise<void>): Promise<void> {
  const file = await Hdf5File.create(path);
  try {
    await fill(file);
  } catch (error) {
    await file.close(true);
    throw error;
  }
  await file.close();
}
