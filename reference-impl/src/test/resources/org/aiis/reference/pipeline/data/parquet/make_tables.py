#!/usr/bin/env python3
"""Makes the tables of this folder with pyarrow 26.0.1: the first records of the traffic fixture as CSV and in forms of Parquet.

    python3 make_tables.py ../../../../../../../../../../fixtures/traffic/training.csv.gz
"""

import csv
import gzip
import sys

import pyarrow
import pyarrow.parquet

ROWS = 700

with gzip.open(sys.argv[1], "rt", newline="") as packed:
    rows = list(csv.reader(packed))[: ROWS + 1]
rows[5][3] = ""  # a flow that is missing
with open("table.csv", "w", newline="") as out:
    csv.writer(out, lineterminator="\n").writerows(rows)
columns = dict(zip(rows[0], zip(*rows[1:])))
real = lambda name: [float(x) if x else None for x in columns[name]]
table = pyarrow.table({
    "day": pyarrow.array([int(x) for x in columns["day"]], pyarrow.int64()),
    "minute": pyarrow.array([int(x) for x in columns["minute"]], pyarrow.uint16()),
    "detector": pyarrow.array(columns["detector"], pyarrow.string()),
    "flow": pyarrow.array([int(x) if x is not None else None for x in real("flow")], pyarrow.int32()),
    "occupancy": pyarrow.array(real("occupancy"), pyarrow.float64()),
    "speed": pyarrow.array([float("nan") if x is None else x for x in real("speed")], pyarrow.float32()),
    "incident": pyarrow.array([int(x) for x in columns["incident"]], pyarrow.int8()),
})
write = pyarrow.parquet.write_table
write(table, "usual.parquet")
write(table, "groups-gzip-plain.parquet", compression="gzip", use_dictionary=False, row_group_size=256)
write(table, "second-pages-checksums.parquet", compression="snappy", data_page_version="2.0", write_page_checksum=True, data_page_size=512)
write(table.select(["speed", "day", "flow", "incident", "minute", "occupancy", "detector"]), "other-order-none.parquet", compression="none", write_page_checksum=True)
write(table, "zstd.parquet", compression="zstd")
wrong = table.set_column(3, "flow", pyarrow.array([-1 if i == 401 else 3 for i in range(ROWS)], pyarrow.int32()))
write(wrong, "negative-flow.parquet")
write(table.drop_columns(["incident"]), "column-missing.parquet")
write(table.set_column(0, "day", pyarrow.array([0] * ROWS, pyarrow.date32())), "dates.parquet")
write(table.set_column(0, "day", pyarrow.array([[0]] * ROWS, pyarrow.list_(pyarrow.int64()))), "lists.parquet")
write(table, "delta.parquet", use_dictionary=False, column_encoding={"day": "DELTA_BINARY_PACKED"})
