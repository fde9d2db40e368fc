package org.aiis.conformance.qualification.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aiis.reference.operators.Signature;

/** Every fault. A new one is one declaration beside its kind; it meets every operator by itself. */
public final class Panel {
    private Panel() {}

    /** The faults that an operator of this signature meets. */
    public static List<Fault> of(Signature signature) {
        List<Fault> all = new ArrayList<>(general());
        all.addAll(AttributeFaults.of(signature));
        return List.copyOf(all);
    }

    /** Those that do not depend on a signature. */
    public static List<Fault> general() {
        return Stream.of(
                        PrecisionFaults.all(),
                        SpecialFaults.all(),
                        TypeFaults.all(),
                        AttributeFaults.all(),
                        OrderFaults.all(),
                        ArithmeticFaults.all(),
                        AcceptFaults.all(),
                        StateFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
