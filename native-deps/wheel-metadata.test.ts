import { describe, expect, it } from 'vitest';
import { requirementsOfExtra } from './wheel-metadata.mjs';

const METADATA = `Metadata-Version: 2.4
Name: example
Requires-Dist: absl-py>=1.0.0
Provides-Extra: and-cuda
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-nccl-cu12 (>=2.27.7, <3.0) ; extra == 'and_cuda'
Requires-Dist: plugin>=1; (sys_platform != "win32" and python_version < "3.13") and extra == "gcs-filesystem"

Requires-Dist: not-a-header; extra == "and-cuda"
`;

describe('requirementsOfExtra', () => {
  it('takes what the extra names, as pip writes it', () => {
    expect(requirementsOfExtra(METADATA, 'and-cuda')).toEqual([
      'nvidia-cublas-cu12<13.0,>=12.5.3.2',
      'nvidia-nccl-cu12>=2.27.7,<3.0',
    ]);
  });
  it('sees an extra behind other conditions', () => {
    expect(requirementsOfExtra(METADATA, 'gcs-filesystem')).toEqual(['plugin>=1']);
  });
  it('reads files with Windows line ends', () => {
    expect(requirementsOfExtra(METADATA.replaceAll('\n', '\r\n'), 'and-cuda')).toHaveLength(2);
  });
  it('finds nothing for an unknown extra', () => {
    expect(requirementsOfExtra(METADATA, 'and-rocm')).toEqual([]);
  });
});
