package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.check.Check;
import org.aiis.conformance.check.Report;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Runs your model on a backend and judges what comes back.",
            "",
            "The outputs are compared with the oracle's. How far they may be off follows from the model itself: the oracle evaluates",
            "it 16 times with every result rounded at random, and 16 times the spread of those is allowed. Beside that it says what",
            "the CPU provider of the same library makes of the model, on which provider each node ran, whether a second run gives",
            "the same bits, how much memory it took, and, as a glance, how long a run takes. Functions may be as imprecise as the",
            "accuracy level relaxed allows, products as the precision modes that the backend tells of.",
            "",
            "Operators that the oracle does not know are named. --reference names a system that runs those nodes in its place; the",
            "report says so, since what both systems get wrong alike is not seen then."
        },
        footer = {
            "",
            "  aiis check model.onnx --backend ort:cuda                       inputs drawn from the model's types and shapes",
            "  aiis check model.onnx --shape x=1,3,48,320 --range x=0:1       of this shape, in this range",
            "  aiis check model.onnx --inputs inputs.npz                      from NumPy",
            "",
            "Exit codes: 0 right; 1 wrong; 2 wrong usage, model or input; 3 it cannot be told, or an error of the suite.",
            "What is wrong is looked for with 'aiis bisect' and the same arguments."
        })
final class CheckCommand implements Callable<Integer> {
    /** Nodes that ran elsewhere, and are named one by one, at most. */
    private static final int MOST_NAMED = 5;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ModelOptions asked = new ModelOptions();

    @Option(
            names = "--reference",
            paramLabel = "WORD",
            description = "Backend that runs the operators that the oracle does not know, in its place.")
    Optional<String> reference = Optional.empty();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        ModelFile file = asked.file();
        SortedMap<String, SortedMap<String, Tensor>> sets = asked.sets(file);
        Report report;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            report = Check.of(
                    new Check.Asked(
                            file,
                            asked.uri(),
                            reference.map(word -> BackendUri.of(word, new TreeMap<>())),
                            asked.timeout()),
                    sets,
                    StandardReader.bundled(),
                    progress);
        }
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(report));
        } else {
            print(console, report);
        }
        console.flush();
        return RunCommand.exitCode(report.verdict());
    }

    private static void print(PrintWriter console, Report report) {
        console.println(report.sut().name() + " " + report.sut().version() + " ("
                + report.sut().provider() + "), " + report.nodes() + " nodes");
        report.notes().forEach(note -> console.println("note      " + note));
        if (!report.unknown().isEmpty()) {
            console.println("oracle    does not know " + some(report.unknown())
                    + report.reference()
                            .map(system -> "; " + system + " ran them in its place")
                            .orElse("; name a system that does with --reference"));
        }
        report.sets().forEach(set -> print(console, report, set));
        console.println("memory    at most: the backend's process " + told(report.workerMiB()) + ", the suite "
                + told(report.suiteMiB()));
        console.println(RunCommand.coloured(report.verdict()));
    }

    private static void print(PrintWriter console, Report report, Report.DataSet set) {
        console.println("inputs    " + set.name() + ": "
                + set.inputs().entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", ")));
        console.println("outputs   " + set.finding().verdict()
                + set.finding().reason().map(r -> " (" + r + ")").orElse("")
                + (set.finding().message().isEmpty() ? "" : "  " + set.finding().message()));
        set.outputs()
                .forEach(output -> console.println(String.format(
                        Locale.ROOT,
                        "          %s %s: off by %.3g at most, %.3g of what is allowed; spread up to %.3g",
                        output.name(),
                        output.type(),
                        output.difference(),
                        output.worst(),
                        output.spread())));
        set.core()
                .ifPresent(core -> console.println("cpu       the CPU provider of the same library: " + core.verdict()
                        + core.worst()
                                .map(w -> String.format(Locale.ROOT, ", %.3g of what is allowed", w))
                                .orElse("")
                        + core.apart()
                                .map(a -> String.format(Locale.ROOT, "; the backend is %.3g of that away from it", a))
                                .orElse("")
                        + (core.verdict() == Verdict.PASS ? "" : "  " + core.message())));
        console.println("placement " + placement(report, set.placement()));
        console.println("steady    " + steady(set.steady()));
        set.latency()
                .ifPresent(latency -> console.println(String.format(
                        Locale.ROOT,
                        "latency   %.3g ms in the middle, %.3g ms at most, of %d runs by the worker's clock: a glance, no measurement",
                        latency.median(),
                        latency.slowest(),
                        latency.runs())));
    }

    private static String placement(Report report, SortedMap<String, List<String>> placement) {
        if (placement.isEmpty()) {
            return "not told";
        }
        return placement.entrySet().stream()
                .map(e -> e.getValue().size() + " " + (e.getValue().size() == 1 ? "node " : "nodes ") + e.getKey()
                        + (elsewhere(report, e.getKey()) ? ": " + some(e.getValue()) : ""))
                .collect(Collectors.joining(", "));
    }

    private static boolean elsewhere(Report report, String where) {
        return !List.of(report.sut().provider(), "folded", "eliminated").contains(where);
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
    }

    private static String steady(Report.Steady steady) {
        if (steady.runs().isEmpty() || steady.sessions().isEmpty()) {
            return "no second run";
        }
        return (steady.runs().get()
                        ? "two runs of a session gave the same bits"
                        : "two runs of a session gave other bits")
                + (steady.sessions().get() ? ", and so did another session" : ", another session gave other bits");
    }

    private static String told(OptionalLong mebibytes) {
        return mebibytes.isPresent() ? mebibytes.getAsLong() + " MiB" : "not told by this system";
    }
}
