package org.aiis.conformance.catalogue.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** The valid models that damage is done to: quick cases, by operator, or by requirement where they are of no operator. */
final class Hosts {
    /** A damaged trip count or condition is a valid request to run for ever. */
    private static final String ENDLESS = "Loop";

    private final SortedMap<String, List<TestCase>> byGroup = new TreeMap<>();

    Hosts(Collection<TestCase> cases) {
        for (TestCase c : cases) {
            boolean aRun =
                    c.expectation() instanceof Expectation.ByOracle || c.expectation() instanceof Expectation.Outputs;
            boolean fed = c.pair().map(pair -> Odd.isFed(pair.type())).orElse(true);
            String group =
                    c.pair().map(OperatorType::operator).orElse(c.requirements().get(0));
            if (c.grade() == Grade.QUICK && aRun && fed && !group.equals(ENDLESS)) {
                byGroup.computeIfAbsent(group, g -> new ArrayList<>()).add(c);
            }
        }
    }

    SortedSet<String> groups() {
        return new TreeSet<>(byGroup.keySet());
    }

    /**
     * The host of a draw: the case whose id and the draw's word together hash to the smallest number (rendezvous hashing,
     * Thaler and Ravishankar 1996), so that a case more in the catalogue moves few draws to another host.
     */
    Stimulus.ModelRun of(String group, String word) {
        return byGroup.getOrDefault(group, List.of()).stream()
                .sorted(Comparator.comparingLong(
                        c -> Seeded.by(word + " on " + c.id()).bits()))
                .map(c -> (Stimulus.ModelRun) c.stimulus().get())
                .filter(Hosts::isReadable)
                .filter(run -> !new String(run.model().toArray(), StandardCharsets.ISO_8859_1).contains(ENDLESS))
                .findFirst()
                .orElseGet(() -> new Stimulus.ModelRun(new ModelBuilder(17).build(), new TreeMap<>()));
    }

    /** Models may be nested deeper than readers of this suite go. */
    static boolean isReadable(Stimulus.ModelRun run) {
        try {
            Models.parse(run.model());
            return true;
        } catch (Oracle.Refusal tooDeep) {
            return false;
        }
    }
}
