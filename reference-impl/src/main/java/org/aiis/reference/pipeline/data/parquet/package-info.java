/**
 * Reads flat tables from Parquet files, by the format's specification (Apache Parquet Format 2.11, parquet.thrift) and the compact protocol
 * of Thrift. A reader of its own, since those on Maven Central that run on Java 17 bring native libraries and a part of Hadoop along.
 */
@NullMarked
package org.aiis.reference.pipeline.data.parquet;

import org.jspecify.annotations.NullMarked;
