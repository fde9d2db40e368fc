package org.aiis.conformance.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.spec.conformity.Sut;

/**
 * Holds the processes of a pool to one system under test, since the evidence names one: libraries that are replaced during a
 * run, or a second device, would pass under the first one's name.
 */
final class OneSystem {
    private Optional<Sut> first = Optional.empty();

    /** In what a process differs from the first that described itself; empty when it does not, or is the first. */
    synchronized Optional<String> difference(Sut described) {
        Sut sut = described.identity();
        Sut before = first.orElse(sut);
        first = Optional.of(before);
        if (before.equals(sut)) {
            return Optional.empty();
        }
        List<String> changes = new ArrayList<>();
        note("name", before.name(), sut.name(), changes);
        note("vendor", before.vendor(), sut.vendor(), changes);
        note("version", before.version(), sut.version(), changes);
        note("backend", before.backend(), sut.backend(), changes);
        note("provider", before.provider(), sut.provider(), changes);
        note("library", before.libraries(), sut.libraries(), changes);
        note("property", before.properties(), sut.properties(), changes);
        return Optional.of("it is another system under test than the first worker: " + String.join("; ", changes));
    }

    private static void note(String what, Map<String, String> before, Map<String, String> now, List<String> changes) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.forEach(name ->
                note(what + " " + name, before.getOrDefault(name, "none"), now.getOrDefault(name, "none"), changes));
    }

    private static void note(String what, String before, String now, List<String> changes) {
        if (!before.equals(now)) {
            changes.add(what + " was '" + before + "', is '" + now + "'");
        }
    }
}
