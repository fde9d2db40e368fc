package org.aiis.conformance.catalogue;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.hostile.DrawnCases;
import org.aiis.conformance.catalogue.operators.OperatorCases;
import org.aiis.conformance.catalogue.pipeline.PipelineCases;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.TestCase;

/** Every test case, sorted by id. Stimuli are made when asked for. */
public final class Catalogue {
    private final SortedMap<String, TestCase> cases = new TreeMap<>();
    private final DrawnCases drawn;

    private Catalogue(DrawnCases drawn) {
        this.drawn = drawn;
    }

    /** The catalogue of a standard: cases of its operators, exchange, numerics, robustness, evidence, pipeline. */
    public static Catalogue of(Standard standard, Path home) {
        List<TestCase> whole = Stream.<CaseSource>of(
                        new OperatorCases(standard, Schemas.read(home)),
                        new ExchangeCases(),
                        new StructureCases(),
                        new ChainCases(),
                        new QdqCases())
                .flatMap(CaseSource::cases)
                .toList();
        DrawnCases drawn = new DrawnCases(whole);
        return of(
                standard,
                drawn,
                List.of(
                        whole::stream,
                        () -> drawn.drawn(DrawnCases.OWN),
                        new HostileCases(),
                        new StateCases(),
                        new DeterminismCases(),
                        new SeedCases(),
                        new Readings(),
                        new SessionCases(),
                        new ExternalDataCases(),
                        new PipelineCases(home)));
    }

    /** Cases of these sources; refuses an id that is used twice or does not begin with a requirement of the standard. */
    public static Catalogue of(Standard standard, List<? extends CaseSource> sources) {
        return of(standard, new DrawnCases(List.of()), sources);
    }

    private static Catalogue of(Standard standard, DrawnCases drawn, List<? extends CaseSource> sources) {
        List<String> known =
                standard.requirements().stream().map(r -> r.id()).sorted().toList();
        Catalogue catalogue = new Catalogue(drawn);
        for (CaseSource source : sources) {
            source.cases().forEach(c -> catalogue.add(c, known));
        }
        return catalogue;
    }

    private void add(TestCase testCase, List<String> known) {
        for (String requirement : testCase.requirements()) {
            if (java.util.Collections.binarySearch(known, requirement) < 0) {
                throw new IllegalStateException(
                        "case " + testCase.id() + " names requirement " + requirement + ", which no chapter holds");
            }
        }
        if (!testCase.id().startsWith(testCase.requirements().get(0) + "/")) {
            throw new IllegalStateException("case " + testCase.id() + " does not begin with its requirement");
        }
        if (cases.put(testCase.id(), ranked(testCase)) != null) {
            throw new IllegalStateException("two cases have the id " + testCase.id());
        }
    }

    private static TestCase ranked(TestCase c) {
        return new TestCase(
                c.id(),
                c.requirements(),
                c.grade(),
                c.pair(),
                () -> OutputRanks.declared(c.stimulus().get()),
                c.expectation(),
                c.origin());
    }

    /** All cases, sorted by id. */
    public Collection<TestCase> cases() {
        return java.util.Collections.unmodifiableCollection(cases.values());
    }

    /** The cases and, of hostile models, the draws of other seeds that these globs ask for. */
    public Stream<TestCase> cases(List<String> globs) {
        Stream<TestCase> asked = globs.stream()
                .flatMapToLong(glob -> DrawnCases.seed(glob).stream())
                .filter(seed -> seed != DrawnCases.OWN)
                .distinct()
                .boxed()
                .flatMap(drawn::drawn);
        return Stream.concat(cases.values().stream(), asked);
    }

    /** A case by its id, one drawn from another seed included. */
    public Optional<TestCase> find(String id) {
        return Optional.ofNullable(cases.get(id)).or(() -> drawn.find(id));
    }

    /** The case, or an error that names the nearest id. */
    public TestCase get(String id) {
        return find(id).orElseThrow(
                        () -> InputException.of("unknown case '" + id + "'", Nearest.hint(id, cases.keySet())));
    }

    public int count() {
        return cases.size();
    }

    /** What the lock file's digests hold of a case. */
    static String line(TestCase c) {
        return String.join(
                " ",
                c.id(),
                String.join(",", c.requirements()),
                c.grade().word(),
                c.expectation().getClass().getSimpleName(),
                c.stimulus().get().digest());
    }
}
