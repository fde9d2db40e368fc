package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.Reports;
import org.aiis.report.diff.BundleDiff;
import org.aiis.report.scoreboard.Admission;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Glob;
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
            "Both bundles are verified first, each verdict made again. One that another release made is read as it stands, and told."
        },
        footer = {
            "",
            "  aiis diff before after                    two bundles, the earlier one first",
            "  aiis diff before after --as-told          in seconds: digests and chain are checked, no verdict is made again",
            "  aiis diff before after --select 'OP-Conv-*' --json",
            "",
            "Exit codes: 0 nothing got worse; 1 something did: a case that passed is wrong, refused, died, hung, ran elsewhere, or is",
            "no longer decided, a refusal that is allowed included; 2 wrong usage or input, a bundle that does not verify included;",
            "3 an error of the suite. Numbers that move within what the standard allows, and time, change no exit code."
        })
final class DiffCommand implements Callable<Integer> {
    /** Reasons printed of a bundle that does not verify. */
    private static final int PRINTED = 6;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", arity = "2", description = "Folders of two bundles, the earlier one first.")
    List<Path> bundles = List.of();

    @Option(
            names = "--select",
            paramLabel = "GLOB",
            description = "Only cases whose id or requirement matches, such as 'OP-Conv-*'; may be repeated.")
    List<String> select = List.of();

    @Option(
            names = "--as-told",
            description = "Take verdicts as the bundles have them: every byte and the chain are checked, no verdict is made again.")
    boolean asTold;

    @Option(names = "--all", description = "Print every line of each list, not the first ones alone.")
    boolean all;

    @Mixin
    VectorOptions vectors = new VectorOptions();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        BundleDiff diff;
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            List<String> notes = new ArrayList<>();
            bundles.forEach(bundle -> admit(bundle, suite, notes, progress));
            Suite own = vectors.over(suite, bundles.get(0));
            progress.stage("measuring what moved", 0);
            LongConsumer tick = cases -> progress.tick();
            diff = new Reports(own.standard(), new Rejudging(own))
                    .diff(bundles.get(0), bundles.get(1), this::selected, notes, tick);
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
