package org.aiis.conformance.qualification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * {@code ./mvnw -Pmutation test}: some minutes for every third mutant, so only when asked for. The mutants of a family's classes are shown the cases
 * of the operators that have a class there: a mutant that only another family's cases would fail counts as alive.
 * {@code -Daiis.mutation.classes=REGEX} narrows the classes, {@code -Daiis.mutation.operators=REGEX} the operators,
 * {@code -Daiis.mutation.every=N} takes every N-th mutant, {@code -Daiis.mutation.cases=N} shows a mutant N cases at most,
 * {@code -Daiis.mutation.again=FILE} makes the survivors of an earlier measurement alone, on as many cases as asked for.
 */
@EnabledIfSystemProperty(named = "aiis.mutation", matches = "true")
class MutationScoreTest {
    private static final int LEAST_PERCENT = 85;
    private static final String OPERATORS = "org.aiis.reference.operators.";
    private static final Set<String> CLASSES = new OracleClasses().all().keySet();

    /** The packages of families, each with the names of its classes in lower case. */
    private static Map<String, Set<String>> families() {
        Map<String, Set<String>> families = new TreeMap<>();
        for (String type : CLASSES) {
            int end = type.lastIndexOf('.');
            if (end > OPERATORS.length()) {
                families.computeIfAbsent(type.substring(0, end), p -> new TreeSet<>())
                        .add(type.substring(end + 1).toLowerCase(Locale.ROOT));
            }
        }
        families.keySet().removeIf(family -> !family.startsWith(OPERATORS));
        return families;
    }

    /** Of its name with a domain or without. */
    private static boolean isOf(Set<String> family, String operator) {
        return family.contains(operator.substring(operator.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    @Test
    void theCatalogueKillsMutantsOfTheOperators() throws IOException, InterruptedException {
        Suite suite = Suite.load(Home.find());
        Pattern types = Pattern.compile(System.getProperty("aiis.mutation.classes", ".*"));
        Pattern operators = Pattern.compile(System.getProperty("aiis.mutation.operators", ".*"));
        List<Mutants.Fate> fates = new ArrayList<>();
        for (Map.Entry<String, Set<String>> family : families().entrySet()) {
            Predicate<String> mutated = type -> type.startsWith(family.getKey() + ".")
                    && types.matcher(type).matches();
            if (CLASSES.stream().anyMatch(mutated)) {
                Mutants mutants = new Mutants(
                        suite, operator -> operators.matcher(operator).matches() && isOf(family.getValue(), operator));
                fates.addAll(mutants.of(mutated, Runtime.getRuntime().availableProcessors(), () -> {}));
            }
        }
        Path file = Path.of(System.getProperty("aiis.mutation.out", "target/mutants.json"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                Codec.pretty(Mutants.figures(fates, suite.digests().getOrDefault("catalogue", ""))),
                StandardCharsets.UTF_8);
        Set<String> undriven = Mutants.undriven(fates);
        List<Mutants.Fate> counted =
                fates.stream().filter(f -> !undriven.contains(f.type())).toList();
        if (Mutants.again()) {
            return; // Those that lived once: a measurement, of which no share is asked.
        }
        long killed = counted.stream().filter(Mutants.Fate::killed).count();
        assertThat(100 * killed / Math.max(1, counted.size()))
                .as("killed %d of %d; survivors are in %s", killed, counted.size(), file.toAbsolutePath())
                .isGreaterThanOrEqualTo(LEAST_PERCENT);
    }
}
