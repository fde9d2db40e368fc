package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.aiis.conformance.growth.Growth;
import org.aiis.conformance.growth.PageOfGrowth;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.report.bundle.AtomicFile;
import org.aiis.report.view.GrowthPage;
import org.aiis.report.view.GrowthView;
import org.aiis.report.view.Page;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
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
            "it 16 times with every result rounded at random, and 16 times the spread of those is allowed. Where that is so much that",
            "small faults pass, it says so: inputs that mean nothing to a quantised model do that. Beside that it says what",
            "the CPU provider of the same library makes of the model, on which provider each node ran, whether a second run gives",
            "the same bits, and one of a session that ran with other inputs before, which is judged too where it does not, how much",
            "memory it took, and, as a glance, how long a run takes. Functions may be as imprecise as the accuracy level relaxed",
            "allows, products as the precision modes that the backend tells of.",
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

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = {
                "Writes a page, FILE.html, of where the error grows: each node's own error and what it inherits, where it ran and how long",
                "it took, the ten worst, and the way of the error from its source to an output. Of the first data set. A node is asked for",
                "what 'aiis bisect' asks of it."
            })
    Optional<Path> page = Optional.empty();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        page.ifPresent(CheckCommand::requirePage);
        ModelFile file = asked.file();
        SortedMap<String, SortedMap<String, Tensor>> sets = asked.sets(file);
        Check.Checked checked;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            checked = Check.of(
                    new Check.Asked(
                            file,
                            asked.uri(),
                            reference.map(word -> BackendUri.of(word, new TreeMap<>())),
                            asked.timeout(file),
                            page.isPresent()),
                    sets,
                    StandardReader.bundled(),
                    progress);
        }
        Report report = checked.report();
        Optional<Path> written = page.flatMap(to -> checked.growth().map(growth -> write(to, report, growth)));
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(report));
        } else {
            print(console, report);
            page.ifPresent(to -> console.println("page      "
                    + written.map(Path::toString).orElse("not written: the oracle does not know every node")));
            console.println(RunCommand.coloured(report.verdict()));
        }
        console.flush();
        return RunCommand.exitCode(report.verdict());
    }

    /** Before anything is run, which takes a while. */
    private static void requirePage(Path file) {
        if (!String.valueOf(file.getFileName()).endsWith(".html") || Files.isDirectory(file)) {
            throw InputException.of("--page " + file + ": is no page", "give a file that ends in .html");
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw InputException.of(
                    "--page " + file + ": its folder is not there", "make the folder, or give another file");
        }
    }

    private Path write(Path file, Report report, Growth growth) {
        Report.DataSet set = report.sets().get(0);
        GrowthPage said = PageOfGrowth.of(
                growth,
                String.valueOf(asked.model.getFileName()),
                report.sut().name() + " " + report.sut().version() + " ("
                        + report.sut().provider() + "), inputs " + set.name() + ": " + told(set),
                set.finding(),
                set.latency()
                        .map(l -> List.of(
                                new Page.Fact("a run, at a glance", String.format(Locale.ROOT, "%.3g ms", l.median()))))
                        .orElse(List.of()),
                asked.model + " --backend " + asked.backend);
        AtomicFile.write(file, GrowthView.render(said));
        return file;
    }

    private static String told(Report.DataSet set) {
        return set.inputs().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
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
    }

    private static void print(PrintWriter console, Report report, Report.DataSet set) {
        console.println("inputs    " + set.name() + ": " + told(set));
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
        set.outputs().stream()
                .filter(Report.Output::hidesFaults)
                .forEach(output -> console.println(String.format(
                        Locale.ROOT,
                        "          %s: this check would not notice small faults here. With these inputs the model itself shakes so much that half"
                                + " of the elements may be off by %.2g %% of the largest value; 'aiis bisect' judges node by node",
                        output.name(),
                        100 * output.hidden())));
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
