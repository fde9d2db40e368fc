package org.aiis.conformance.catalogue.coverage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;

/** The opset versions of the default domain that the edition covers. The other domains are covered at all of theirs. */
record Edition(int oldest, int newest) {
    /** 26 is the newest that the pinned ONNX Runtime takes as released. */
    static final Edition CURRENT = new Edition(13, 26);

    List<Schema> reachable(Schemas schemas, String domain, String name) {
        return domain.isEmpty()
                ? schemas.reachable(domain, name, oldest, newest)
                : schemas.reachable(domain, name, 1, Integer.MAX_VALUE);
    }

    /** The words of enumerated attributes: ONNX gives them in its texts only, the oracle's signatures as data. */
    Map<String, Set<String>> words(Schema schema) {
        Map<String, Set<String>> words = new TreeMap<>();
        if (schema.domain().isEmpty()) {
            Evaluator.signature("", schema.name(), Math.min(newest, Program.NEWEST_OPSET))
                    .ifPresent(s -> s.attributes().forEach((name, a) -> words.put(name, a.words())));
        }
        return words;
    }
}
