package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.vectors.OracleComparison;
import org.aiis.conformance.vectors.OracleComparison.Compared;
import org.aiis.conformance.vectors.OracleComparison.Outcome;
import org.aiis.conformance.vectors.VectorFolder;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.codec.Codec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis oracle-check}. */
@Command(
        name = "oracle-check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares the suite's own oracle with vectors that somebody else recorded.",
        footer = {
            "",
            "  python fixtures/onnx/write_node_tests.py node    writes ONNX's node tests",
            "  aiis oracle-check node",
            "",
            "Exit codes: 0 all agree or are listed with a reason; 1 one is not, or a listed one agrees; 2 wrong usage."
        })
final class OracleCheckCommand implements Callable<Integer> {
    /** The list for ONNX's node tests. */
    static final Path EXCEPTIONS = Path.of("onnx", "node-tests.yaml");

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Folder in ONNX's backend-test layout.")
    Path folder = Path.of("");

    @Option(
            names = "--exceptions",
            paramLabel = "FILE",
            description = "What need not agree, with reasons. Default: the suite's list for ONNX's node tests.")
    Optional<Path> exceptions = Optional.empty();

    @Option(names = "--rtol", paramLabel = "X", description = "Default: ${DEFAULT-VALUE}, as ONNX's runner.")
    double rtol = 1e-3;

    @Option(names = "--atol", paramLabel = "X", description = "Default: ${DEFAULT-VALUE}, as ONNX's runner.")
    double atol = 1e-7;

    @Option(names = "--all", description = "Name each data set that does not agree, listed or not known too.")
    boolean all;

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        Path list = exceptions.orElseGet(() -> Home.find().fixtures().resolve(EXCEPTIONS));
        OracleComparison.Exceptions listed = exceptions.isPresent() || Files.exists(list)
                ? Codec.file(list, OracleComparison.Exceptions.class)
                : OracleComparison.Exceptions.NONE;
        Evaluator oracle = new Evaluator();
        OracleComparison comparison = new OracleComparison(oracle, oracle.operators(), rtol, atol, listed);
        VectorFolder vectors = VectorFolder.scan(folder);
        List<Compared> compared;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            progress.stage("comparing", vectors.cases().size());
            compared = comparison.compare(vectors, one -> progress.tick());
        }
        List<String> idle = comparison.idle(compared);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Codec.pretty(compared));
        } else {
            print(out, compared, idle);
        }
        out.flush();
        return idle.isEmpty() && compared.stream().allMatch(Compared::settled) ? 0 : 1;
    }

    private void print(PrintWriter out, List<Compared> compared, List<String> idle) {
        SortedMap<String, Map<Outcome, Integer>> byOperator = new TreeMap<>();
        Map<Outcome, Integer> total = new EnumMap<>(Outcome.class);
        for (Compared one : compared) {
            byOperator
                    .computeIfAbsent(one.operator(), o -> new EnumMap<>(Outcome.class))
                    .merge(one.outcome(), 1, Integer::sum);
            total.merge(one.outcome(), 1, Integer::sum);
        }
        byOperator.forEach(
                (operator, counts) -> out.println(String.format(Locale.ROOT, "  %-28s %s", operator, words(counts))));
        for (Compared one : compared) {
            if (!one.settled() || (all && one.outcome() != Outcome.agree)) {
                String why = one.outcome() == Outcome.agree
                        ? "is listed as one that does not: " + one.listed()
                        : one.message() + (one.listed().isEmpty() ? "" : " · listed: " + one.listed());
                out.println(one.outcome() + " " + one.name() + ": " + why);
            }
        }
        idle.forEach(pattern -> out.println("listed, and matches no data set: " + pattern));
        out.println(words(total) + " of " + compared.size());
        out.println(summary(compared));
    }

    /** The closing line: of what can be compared, how much agrees, and what is listed. */
    static String summary(List<Compared> compared) {
        long comparable = compared.stream().filter(Compared::comparable).count();
        long agreeing = count(compared, Outcome.agree);
        long listed = compared.stream()
                .filter(c -> c.outcome() != Outcome.agree && !c.listed().isEmpty())
                .count();
        return String.format(
                Locale.ROOT,
                "%,d of %,d comparable tests agree (%.2f %%), %d exceptions listed, %d random, %d outside the edition",
                agreeing,
                comparable,
                comparable == 0 ? 0.0 : Math.floor(10_000.0 * agreeing / comparable) / 100,
                listed,
                count(compared, Outcome.random),
                count(compared, Outcome.outside));
    }

    private static long count(List<Compared> compared, Outcome outcome) {
        return compared.stream().filter(c -> c.outcome() == outcome).count();
    }

    private static String words(Map<Outcome, Integer> counts) {
        StringBuilder words = new StringBuilder();
        counts.forEach((outcome, count) -> words.append(words.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(outcome));
        return words.toString();
    }
}
