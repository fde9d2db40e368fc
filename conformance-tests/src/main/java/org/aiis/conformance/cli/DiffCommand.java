package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.bisect.Parts;
import org.aiis.conformance.check.Divergence;
import org.aiis.conformance.check.Versus;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.report.Reports;
import org.aiis.report.diff.BundleDiff;
import org.aiis.report.scoreboard.Admission;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What changed from one run to another, and by how much: a new driver, another version, other options, another machine.",
            "",
            "It names what surrounds the runs and is not the same (versions, libraries by their digests, options, driver, operating",
            "system, processor, statements); the cases that got worse and better, gathered by what they have in common; how far the",
            "numbers moved even where both runs pass, in units of what the standard allows and in ulps, and how the largest error against",
            "the oracle changed; the nodes that ran elsewhere; and the time. Only cases that both bundles hold and that showed both",
            "systems the same are compared. A case that did something else when its own run showed it again counts as flaky, and as",
            "nothing else.",
            "",
            "Both bundles are verified first, each verdict made again. One that another release made is read as it stands, and told.",
            "",
            "Given a model and two backends or more, it runs the model on each and says the same of its outputs: which bits differ from the",
            "first backend's, by how many ulps, how much, in units of what the oracle allows (as in 'aiis check'), which is closer to the",
            "oracle; where nodes ran, time and memory. A backend may stand there twice with other options."
        },
        footer = {
            "",
            "  aiis diff before after                    two bundles, the earlier one first",
            "  aiis diff before after --as-told          in seconds: digests and chain are checked, no verdict is made again",
            "  aiis diff before after --select 'OP-Conv-*' --json",
            "  aiis diff model.onnx --backend ort:cpu --backend 'ort:cpu?library-path=/opt/ort-1.30' --nodes",
            "",
            "Exit codes: 0 nothing got worse; 1 something did: a case that passed is wrong, refused, died, hung, ran elsewhere, or is",
            "no longer decided, a refusal that is allowed included; of a model, a backend has a worse verdict than the first, or outputs",
            "of other types or shapes, or NaN and infinities where the first has none, or the other way round; 2 wrong usage or input, a",
            "bundle that does not verify included; 3 an error of the suite, or outputs that differ and an oracle that cannot tell which is",
            "right. Numbers that move within what the standard allows, and time, change no exit code."
        })
final class DiffCommand implements Callable<Integer> {
    /** Reasons printed of a bundle that does not verify. */
    private static final int PRINTED = 6;

    /** Backends beside each other. */
    private static final int MOST = 16;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "BUNDLE|MODEL",
            arity = "1..2",
            description = "Folders of two bundles, the earlier one first; or an ONNX model.")
    List<Path> what = List.of();

    @Option(
            names = "--backend",
            paramLabel = "WORD",
            description =
                    "Backend that runs the model, with its options behind '?'; twice or more, the first is what the others are told"
                            + " against.")
    List<String> backends = List.of();

    @Option(
            names = "--nodes",
            description = "Of a model: also the first node whose output differs, with every tensor among the outputs.")
    boolean nodes;

    @Option(
            names = "--reference",
            paramLabel = "WORD",
            description = "Of a model: backend that runs the operators that the oracle does not know, in its place.")
    Optional<String> reference = Optional.empty();

    @Mixin
    InputOptions fed = new InputOptions();

    @Option(
            names = "--select",
            paramLabel = "GLOB",
            description = "Only cases whose id or requirement matches, such as 'OP-Conv-*'; may be repeated.")
    List<String> select = List.of();

    @Option(
            names = "--as-told",
            description =
                    "Take verdicts as the bundles have them: every byte and the chain are checked, no verdict is made again.")
    boolean asTold;

    @Option(names = "--all", description = "Print every line of each list, not the first ones alone.")
    boolean all;

    @Mixin
    VectorOptions vectors = new VectorOptions();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        if (what.size() == 2 && backends.isEmpty()) {
            return bundles();
        }
        if (what.size() == 1 && backends.size() >= 2 && backends.size() <= MOST) {
            return model(what.get(0));
        }
        throw InputException.of(
                what.size() + (what.size() == 1 ? " file or folder" : " files or folders") + " and " + backends.size()
                        + " backends",
                "give two bundles, or a model with --backend twice, at most " + MOST + " times");
    }

    private int model(Path model) {
        ModelFile file = fed.file(model);
        SortedMap<String, SortedMap<String, Tensor>> sets = fed.sets(file);
        Divergence divergence;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            divergence = Versus.of(
                    new Versus.Asked(
                            file,
                            backends.stream()
                                    .map(word -> BackendUri.of(word, new TreeMap<>()))
                                    .toList(),
                            reference.map(word -> BackendUri.of(word, new TreeMap<>())),
                            fed.timeout(file),
                            nodes,
                            Parts.atOnce()),
                    sets,
                    StandardReader.bundled(),
                    progress);
        }
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(divergence));
        } else {
            new DivergenceText(console).print(divergence);
        }
        console.flush();
        return divergence.worse() ? 1 : divergence.open() ? 3 : 0;
    }

    private int bundles() {
        Suite suite = Suite.load(Home.find());
        BundleDiff diff;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            List<String> notes = new ArrayList<>();
            what.forEach(bundle -> admit(bundle, suite, notes, progress));
            Suite own = vectors.over(suite, what.get(0));
            progress.stage("measuring what moved", 0);
            LongConsumer tick = cases -> progress.tick();
            diff = new Reports(own.standard(), new Rejudging(own))
                    .diff(what.get(0), what.get(1), this::selected, notes, tick);
        }
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(diff));
        } else {
            new BundleDiffText(console, all ? Integer.MAX_VALUE : BundleDiffText.FIRST).print(diff);
        }
        console.flush();
        return diff.worse() ? 1 : 0;
    }

    private void admit(Path bundle, Suite suite, List<String> notes, ProgressBar progress) {
        Suite own = vectors.over(suite, bundle);
        Reports reports = new Reports(own.standard(), new Rejudging(own));
        progress.stage((asTold ? "reading " : "verifying ") + bundle, 0);
        Admission found = asTold ? reports.admitAsTold(bundle) : reports.admit(bundle, cases -> progress.tick());
        if (found.kind() == Admission.Kind.REFUSED) {
            List<String> reasons = found.reasons().stream().limit(PRINTED).toList();
            throw InputException.of(
                    bundle + " does not verify: " + found.said()
                            + (reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")"),
                    "give bundles that 'aiis verify' accepts");
        }
        if (asTold || found.kind() == Admission.Kind.OTHER_RELEASE) {
            notes.add(bundle + ": " + found.said());
        }
    }

    private boolean selected(String id) {
        String requirement = id.replaceFirst("/.*", "");
        return select.isEmpty()
                || select.stream().anyMatch(glob -> Glob.matches(glob, id) || Glob.matches(glob, requirement));
    }
}
