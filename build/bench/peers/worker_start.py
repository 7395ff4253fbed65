"""Starts a Python process that loads PyTorch and multiplies once; prints the seconds from start to answer."""

import json
import subprocess
import sys
import time

begin = time.perf_counter()
subprocess.run(
    [sys.executable, "-c", "import torch; a = torch.ones(256, 256); assert float((a @ a)[0, 0]) == 256"], check=True
)
seconds = time.perf_counter() - begin
import torch

print(json.dumps({"seconds": seconds, "note": f"PyTorch {torch.__version__}"}))
