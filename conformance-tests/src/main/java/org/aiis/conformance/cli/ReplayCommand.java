package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.vectors.Replay;
import org.aiis.conformance.vectors.Reproduction;
import org.aiis.conformance.vectors.WrittenCase;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Drives one written case again and judges it: a reproduction of a bundle, or a case of an export. Where its"
                        + " folder holds before/1 and so on, the same process is shown those first; where it holds earlier, the same"
                        + " session is run with those inputs first.",
        footer = {
            "",
            "  aiis replay BUNDLE/views/reproductions/CASE",
            "  aiis replay CASE --shrink --out smaller       looks for a smaller one that fails the same way",
            "",
            "Exit codes: 0 it passes; 1 it fails; 2 wrong usage or input; 3 inconclusive, or an error of the suite."
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Folder of the case.")
    Path folder = Path.of("");

    @Option(names = "--backend", paramLabel = "WORD", description = "Default: ${DEFAULT-VALUE}.")
    String backend = "cpu";

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the backend.")
    Map<String, String> options = Map.of();

    @Option(names = "--alone", description = "Do not show what lies in before/ or earlier/ first.")
    boolean alone;

    @Option(names = "--shrink", description = "Look for a smaller case and write it.")
    boolean shrink;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the smaller case. Default: ./CASE-smaller.")
    Optional<Path> out = Optional.empty();

    @Option(names = "--runs", paramLabel = "N", description = "Runs to spend on shrinking. Default: ${DEFAULT-VALUE}.")
    int runs = 1000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds to spend on shrinking. Default: ${DEFAULT-VALUE}.")
    int seconds = 60;

    @Option(names = "--json", description = "Print the finding as JSON.")
    boolean json;

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        WrittenCase read = WrittenCase.read(folder, id -> suite.catalogue().get(id));
        WrittenCase written = alone ? read.alone() : read;
        List<TestCase> before = alone
                ? List.of()
                : Reproduction.before(folder).stream()
                        .map(earlier -> WrittenCase.read(
                                        earlier, id -> suite.catalogue().get(id))
                                .testCase())
                        .toList();
        if (shrink && !(before.isEmpty() && written.earlier().isEmpty())) {
            throw InputException.of(
                    "--shrink: this case fails only behind what lies in "
                            + folder.resolve(before.isEmpty() ? "earlier" : "before"),
                    "leave it out, or give --alone");
        }
        Optional<Path> target = shrink ? Optional.of(outside(out.orElseGet(this::besides))) : Optional.empty();
        PrintWriter console = spec.commandLine().getOut();
        try (WorkerPool pool = Workers.start(backend, 1, IcsDraft.TIMEOUT_SECONDS, new TreeMap<>(options));
                ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            int[] driven = new int[1];
            progress.stage("driving", 0);
            before.forEach(earlier -> pool.observe(earlier.stimulus().get()));
            Replay replay = new Replay(
                    written,
                    stimulus -> {
                        driven[0]++;
                        progress.tick();
                        return pool.observe(stimulus);
                    },
                    written.judge(suite.judge(), suite.oracle(), suite.standard()),
                    suite.oracle(),
                    pool.sut().provider());
            Replay.Outcome outcome = replay.drive();
            print(console, outcome.finding());
            if (target.isPresent() && outcome.finding().verdict() == Verdict.FAIL) {
                progress.stage("shrinking", 0);
                long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
                Optional<Replay.Outcome> smaller =
                        replay.shrink(outcome, () -> driven[0] > runs || System.nanoTime() > end);
                progress.stage("writing", 0);
                smaller.ifPresentOrElse(
                        found -> {
                            Replay.write(
                                    target.get(),
                                    Reproduction.of(
                                            found.testCase(),
                                            found.finding(),
                                            suite.standard(),
                                            suite.oracle(),
                                            replay.terms()));
                            print(console, found.finding());
                            console.println("smaller  " + target.get() + " (" + driven[0] + " runs)");
                        },
                        () -> console.println("no smaller case fails the same way (" + driven[0] + " runs)"));
            }
            console.flush();
            return RunCommand.exitCode(outcome.finding().verdict());
        }
    }

    private void print(PrintWriter console, Finding finding) {
        if (json) {
            console.print(Codec.pretty(finding));
        } else {
            console.println(RunCommand.coloured(finding.verdict())
                    + finding.reason().map(r -> " (" + r + ")").orElse("")
                    + (finding.message().isEmpty() ? "" : "  " + finding.message()));
        }
    }

    private Path besides() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return Path.of((name == null ? "case" : name) + "-smaller");
    }

    /** A file more would make a bundle one that verify refuses. */
    static Path outside(Path target) {
        for (Path at = target.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(Layout.MANIFEST)) && Files.exists(at.resolve(Layout.EVIDENCE))) {
                throw InputException.of(target + ": lies in a bundle, which is sealed", "give another --out");
            }
        }
        return target;
    }
}
