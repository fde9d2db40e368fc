package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.crash.CrashGroup;
import org.aiis.conformance.crash.Crashes;
import org.aiis.conformance.crash.SmallerCrash;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.scheme.Selection;
import org.aiis.conformance.vectors.Replay;
import org.aiis.conformance.vectors.Reproduction;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Inputs;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis crashes}. */
@Command(
        name = "crashes",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Deaths and hangs of a bundle in groups: the same signal, the same place, the same operators.",
            "With --shrink it drives the smallest case of each group again, looks for a smaller model that ends",
            "the process at the same place, and writes it as a reproduction."
        },
        footer = {
            "",
            "  aiis crashes BUNDLE",
            "  aiis crashes BUNDLE --shrink --out crashes    a folder for each group; 'aiis replay' drives it",
            "",
            "Exit codes: 0 no death and no hang; 1 some; 2 wrong usage or input."
        })
final class CrashesCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a bundle.")
    Path bundle = Path.of("");

    @Mixin
    VectorOptions vectors = new VectorOptions();

    @Option(names = "--shrink", description = "Look for the smallest model of each group.")
    boolean shrink;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the smallest models; new or empty. Default: ./crashes.")
    Path out = Path.of("crashes");

    @Option(names = "--backend", paramLabel = "WORD", description = "Default: the bundle's.")
    Optional<String> backend = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds to spend on each group. Default: ${DEFAULT-VALUE}.")
    int seconds = 60;

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    /** A group without its models. */
    private record Told(String signature, String operators, List<String> cases) {}

    @Override
    public Integer call() {
        Suite suite = vectors.over(Suite.load(Home.find()), bundle);
        List<CrashGroup> groups = Crashes.of(bundle, suite.catalogue()::get);
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(groups.stream()
                    .map(g -> new Told(
                            g.signature().toString(),
                            g.operators(),
                            g.cases().stream().map(TestCase::id).toList()))
                    .toList()));
        } else {
            console.println(summary(groups));
            groups.forEach(g -> console.println("  " + g.cases().size() + " × " + g.signature() + " · " + g.operators()
                    + "\n      " + g.cases().get(0).id()));
        }
        console.flush();
        if (shrink && !groups.isEmpty()) {
            shrink(suite, groups, console);
        }
        console.flush();
        return groups.isEmpty() ? 0 : 1;
    }

    /** {@code 14 deaths or hangs in 5 groups}. */
    static String summary(List<CrashGroup> groups) {
        int cases = groups.stream().mapToInt(g -> g.cases().size()).sum();
        return groups.isEmpty()
                ? "no death and no hang"
                : cases + (cases == 1 ? " death or hang" : " deaths or hangs") + " in " + groups.size()
                        + (groups.size() == 1 ? " group" : " groups");
    }

    private void shrink(Suite suite, List<CrashGroup> groups, PrintWriter console) {
        Inputs inputs = Inputs.read(Folder.scan(bundle));
        var ixit = inputs.ics().ixit();
        Terms terms = Selection.terms(inputs.profile(), inputs.ics());
        Path target = ReplayCommand.outside(out);
        try (WorkerPool pool = Workers.start(
                        backend.orElse(ixit.backend()),
                        1,
                        IcsDraft.TIMEOUT_SECONDS,
                        backend.isPresent() ? new TreeMap<>() : ixit.options());
                ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            progress.stage("shrinking", 0);
            SmallerCrash smaller = new SmallerCrash(suite.oracle(), stimulus -> {
                progress.tick();
                return pool.observe(stimulus);
            });
            int number = 0;
            for (CrashGroup group : groups) {
                long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
                Path folder = target.resolve(String.format(java.util.Locale.ROOT, "%02d", ++number));
                Optional<TestCase> found = smaller.of(group, () -> System.nanoTime() > end);
                if (found.isEmpty()) {
                    console.println(
                            folder + "  not seen again: " + group.cases().get(0).id());
                    continue;
                }
                Finding finding = suite.judge()
                        .judge(found.get(), pool.observe(found.get().stimulus().get()), terms);
                Replay.write(folder, Reproduction.of(found.get(), finding, suite.standard(), suite.oracle(), terms));
                console.println(folder + "  " + group.signature() + " · " + group.operators());
                console.flush();
            }
        }
    }
}
