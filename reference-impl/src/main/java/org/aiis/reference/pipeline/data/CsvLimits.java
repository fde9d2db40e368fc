package org.aiis.reference.pipeline.data;

/**
 * How large a CSV file may be.
 *
 * @param columns fields of a record
 * @param field characters of a field
 * @param records without the first, which names the columns
 */
public record CsvLimits(int columns, int field, long records) {
    /** Enough for a year of a hundred detectors, a record a minute. */
    public static final CsvLimits USUAL = new CsvLimits(256, 4096, 64_000_000);
}
