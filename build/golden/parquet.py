"""Small Parquet files in every compression that Arrow writes, and what is in them.

Made with Python 3.11, pyarrow 26.0.1:

    python3 -m venv venv && venv/bin/pip install pyarrow
    venv/bin/python build/golden/parquet.py > main/formats/parquet/parquet.golden.json
"""

import base64
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

columns = {
    "barcode": [f"s_008um_{i:05d}_{i % 7:05d}-1" for i in range(40)],
    "in_tissue": [i % 3 == 0 for i in range(40)],
    "array_row": list(range(40)),
    "count": [None if i == 5 else i * 10**10 for i in range(40)],
    "pxl_row_in_fullres": [i * 29.25 - 3.5 for i in range(40)],
    "method": [["boundary", "nucleus"][i % 2] for i in range(40)],
}
table = pa.table(
    {
        "barcode": pa.array(columns["barcode"]),
        "in_tissue": pa.array(columns["in_tissue"]),
        "array_row": pa.array(columns["array_row"], pa.int32()),
        "count": pa.array(columns["count"], pa.int64()),
        "pxl_row_in_fullres": pa.array(columns["pxl_row_in_fullres"], pa.float64()),
        "method": pa.array(columns["method"]).dictionary_encode(),
    }
)
files = {}
for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
    out = io.BytesIO()
    pq.write_table(table, out, compression=codec, row_group_size=25)
    files[codec] = base64.b64encode(out.getvalue()).decode()
print(json.dumps({"columns": columns, "files": files}))
