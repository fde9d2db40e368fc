package org.aiis.conformance.qualification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * {@code ./mvnw -Pmutation verify}: minutes, so only when asked for. {@code -Daiis.mutation.classes=REGEX} narrows the
 * classes, {@code -Daiis.mutation.operators=REGEX} the operators whose cases are run.
 */
@EnabledIfSystemProperty(named = "aiis.mutation", matches = "true")
class MutationScoreTest {
    private static final int LEAST_PERCENT = 85;

    @Test
    void theCatalogueKillsMutantsOfTheOperators() throws IOException, InterruptedException {
        Suite suite = Suite.load(Home.find());
        Pattern types =
                Pattern.compile(System.getProperty("aiis.mutation.classes", "org\\.aiis\\.reference\\.operators\\..*"));
        Pattern operators = Pattern.compile(System.getProperty("aiis.mutation.operators", ".*"));
        List<Mutants.Fate> fates = new Mutants(suite, operators.asMatchPredicate())
                .of(types.asMatchPredicate(), Runtime.getRuntime().availableProcessors(), () -> {});
        Path file = Path.of(System.getProperty("aiis.mutation.out", "target/mutants.json"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                Codec.pretty(Mutants.figures(fates, suite.digests().getOrDefault("catalogue", ""))),
                StandardCharsets.UTF_8);
        java.util.Set<String> undriven = Mutants.undriven(fates);
        List<Mutants.Fate> counted =
                fates.stream().filter(f -> !undriven.contains(f.type())).toList();
        long killed = counted.stream().filter(Mutants.Fate::killed).count();
        assertThat(100 * killed / Math.max(1, counted.size()))
                .as("killed %d of %d; survivors are in %s", killed, counted.size(), file.toAbsolutePath())
                .isGreaterThanOrEqualTo(LEAST_PERCENT);
    }
}
