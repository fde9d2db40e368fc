package org.aiis.reference.pipeline.data.parquet;

/** Something in a file that cannot be; the table says in which file and column. */
final class Damage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damage(String told) {
        super(told);
    }
}
