package org.aiis.conformance.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.TestCase;

/** What the catalogue leaves out of the operator table; {@link Traceability} does the same for requirements. */
final class Coverage {
    private Coverage() {}

    /** Pairs of operator and element type that no case shows. */
    static List<OperatorType> missing(Standard standard, Catalogue catalogue) {
        Set<OperatorType> shown = catalogue.cases().stream()
                .map(TestCase::pair)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        List<OperatorType> missing = new ArrayList<>();
        for (OperatorRow row : standard.operators().values()) {
            row.types().stream()
                    .map(type -> new OperatorType(row.operator(), type))
                    .filter(pair -> !shown.contains(pair))
                    .forEach(missing::add);
        }
        return missing;
    }
}
