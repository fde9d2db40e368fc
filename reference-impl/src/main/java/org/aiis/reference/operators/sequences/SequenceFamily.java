package org.aiis.reference.operators.sequences;

import java.util.List;
import org.aiis.reference.operators.Known;

/** Sequences and optional values, by name. */
public final class SequenceFamily {
    private SequenceFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("ConcatFromSequence", new ConcatFromSequence()),
                Known.since(15, "Optional", new OptionalOf()),
                Known.since(15, "OptionalGetElement", new OptionalGetElement()),
                Known.since(15, "OptionalHasElement", new OptionalHasElement()),
                Known.of("SequenceAt", new SequenceAt()),
                Known.of("SequenceConstruct", new SequenceConstruct()),
                Known.of("SequenceEmpty", new SequenceEmpty()),
                Known.of("SequenceErase", new SequenceErase()),
                Known.of("SequenceInsert", new SequenceInsert()),
                Known.of("SequenceLength", new SequenceLength()),
                Known.since(17, "SequenceMap", new SequenceMap()),
                Known.of("SplitToSequence", new SplitToSequence()));
    }
}
