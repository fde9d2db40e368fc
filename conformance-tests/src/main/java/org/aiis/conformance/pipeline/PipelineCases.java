package org.aiis.conformance.pipeline;

import java.util.List;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/** The cases that there are. A new one is a class and a word in this list. */
public final class PipelineCases {
    private static final List<PipelineCase> ALL = List.of(new ImagesCase(), new TrafficCase());

    private PipelineCases() {}

    public static List<PipelineCase> all() {
        return ALL;
    }

    public static PipelineCase named(String name) {
        return ALL.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InputException.of(
                        "no pipeline '" + name + "'",
                        Nearest.hint(name, ALL.stream().map(PipelineCase::name).toList())));
    }
}
