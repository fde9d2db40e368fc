package org.aiis.reference.operators;

/** What a name in a graph stands for while it runs. */
public sealed interface Datum permits Value, SequenceValue, OptionalValue {
    Type kind();
}
